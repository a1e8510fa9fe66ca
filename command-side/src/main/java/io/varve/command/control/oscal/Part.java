package io.varve.command.control.oscal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a control, as far as its words go.
 *
 * @param label what stands before the prose, for example {@code a.}; empty for nothing
 */
record Part(String label, String prose, List<Part> parts) {

  static final String STATEMENT = "statement";

  /** What has been read of a part. */
  private static final class Draft {
    @Nullable String name;
    String prose = "";
    final Labels labels = new Labels();
    final List<Part> parts = new ArrayList<>();

    /** A part's name most often stands before its words, which then need not be read. */
    boolean isWanted() {
      return name == null || name.equals(STATEMENT);
    }
  }

  /** Of several labels, the one of no special class is the one that people read. */
  private static final class Labels {
    @Nullable String plain;
    @Nullable String classed;

    void take(Prop prop) {
      if (prop.is("label") && prop.ownClass() == null && plain == null) {
        plain = prop.value();
      } else if (prop.is("label") && classed == null) {
        classed = prop.value();
      }
    }

    String best() {
      String best = plain == null ? classed : plain;
      return best == null ? "" : best.strip();
    }
  }

  /** Reads the parts of a control, of which its statement is kept. */
  static void readStatements(Cursor json, List<Part> into) {
    json.array(
        () -> {
          var part = new Draft();
          json.object(
              member -> {
                if (part.isWanted()) {
                  read(json, member, part);
                } else {
                  json.skip();
                }
              });
          if (STATEMENT.equals(part.name)) {
            into.add(done(part));
          }
        });
  }

  private static void readAll(Cursor json, List<Part> into) {
    json.array(
        () -> {
          var part = new Draft();
          json.object(member -> read(json, member, part));
          into.add(done(part));
        });
  }

  private static void read(Cursor json, String member, Draft part) {
    switch (member) {
      case "name" -> part.name = json.text();
      case "prose" -> part.prose = json.text();
      case "props" -> Prop.readAll(json, part.labels::take);
      case "parts" -> readAll(json, part.parts);
      default -> json.skip();
    }
  }

  private static Part done(Draft part) {
    return new Part(part.labels.best(), part.prose.strip(), part.parts);
  }
}
