package io.varve.command.control.oscal;

import io.varve.command.control.ImportControls;
import io.varve.command.control.ImportedControl;
import io.varve.events.rule.InvalidException;
import io.varve.events.rule.Violation;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an OSCAL catalog in JSON (NIST, OSCAL 1) as it streams by, one control with its
 * enhancements at a time. What a control is made of is read; whatever else a catalog has is passed
 * over. Whether each control can be imported is for the command to say.
 */
public final class CatalogReader {

  /** The largest catalog that is read, in bytes. */
  public static final int MAX_BYTES = 16 << 20;

  /** How many characters all statements together may have. */
  private static final int MAX_WORDS = 8 << 20;

  private static final Pattern NIST_PUBLICATION =
      Pattern.compile(
          "\\b800-([0-9]{1,3}[A-Za-z]?)\\b.{0,80}?\\bRev(?:ision|\\.)?\\s?([0-9]{1,2})\\b");

  private final Cursor json;
  private final List<ImportedControl> controls = new ArrayList<>();
  private boolean found;
  private int begun;
  private int words;
  private @Nullable String title;
  private @Nullable String version;

  private CatalogReader(Cursor json) {
    this.json = json;
  }

  /**
   * The command that imports a catalog.
   *
   * @param catalog read to its end, at most {@link #MAX_BYTES}
   * @param framework what the controls are requirements of; null to go by the catalog's title
   * @throws NotACatalogException if it is JSON of another shape
   * @throws InvalidException if something is missing or more than can be imported
   * @throws tools.jackson.core.JacksonException if it is not JSON, or nests deeper, is longer or
   *     has longer names, numbers or texts than a catalog needs
   */
  public static ImportControls read(InputStream catalog, @Nullable String framework) {
    try (var json = new Cursor(catalog)) {
      var reader = new CatalogReader(json);
      reader.readDocument();
      return new ImportControls(
          framework == null ? reader.framework() : framework, reader.controls);
    }
  }

  private void readDocument() {
    json.object(
        member -> {
          switch (member) {
            case "catalog" -> {
              found = true;
              json.object(this::readCatalog);
            }
            case "$schema" -> json.skip();
            default -> throw json.misplaced("unknown-field", "is not known here");
          }
        });
    json.end();
    require(found, "/catalog");
    require(title != null, "/catalog/metadata/title");
    require(version != null, "/catalog/metadata/oscal-version");
  }

  private void readCatalog(String member) {
    switch (member) {
      case "metadata" -> json.object(this::readMetadata);
      case "groups" -> json.array(this::readGroup);
      case "controls" -> json.array(this::readControl);
      default -> json.skip();
    }
  }

  private void readMetadata(String member) {
    switch (member) {
      case "title" -> title = json.text();
      case "oscal-version" -> {
        version = json.text();
        if (!version.startsWith("1.")) {
          throw json.wrong("unsupported-version", "must be a 1.x version of OSCAL");
        }
      }
      default -> json.skip();
    }
  }

  private void readGroup() {
    json.object(
        member -> {
          switch (member) {
            case "groups" -> json.array(this::readGroup);
            case "controls" -> json.array(this::readControl);
            default -> json.skip();
          }
        });
  }

  private void readControl() {
    ControlDraft.read(json, this::count).finish(Map.of(), this::add);
  }

  private void count() {
    if (++begun > ImportControls.MAX_CONTROLS) {
      throw json.wrong(
          "too-many", "must have at most " + ImportControls.MAX_CONTROLS + " controls in all");
    }
  }

  private void add(ImportedControl control) {
    controls.add(control);
    words += control.statement().length();
    if (words > MAX_WORDS) {
      throw json.wrong(
          "too-long", "must have at most " + MAX_WORDS + " characters of statements in all");
    }
  }

  /** {@code nist-800-53r5} for that publication, otherwise the title itself, made a name. */
  private String framework() {
    String words = title == null ? "" : title;
    Matcher nist = NIST_PUBLICATION.matcher(words);
    String name =
        nist.find()
            ? "nist-800-" + nist.group(1) + "r" + nist.group(2)
            : words.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-", "");
    String framework =
        name.substring(0, Math.min(name.length(), ImportControls.MAX_FRAMEWORK))
            .replaceAll("-$", "")
            .toLowerCase(Locale.ROOT);
    if (framework.isEmpty()) {
      throw new InvalidException(
          List.of(
              new Violation(
                  "/catalog/metadata/title",
                  "no-framework",
                  "makes no name of a framework; say one with the request")));
    }
    return framework;
  }

  private static void require(boolean there, String pointer) {
    if (!there) {
      throw new InvalidException(List.of(new Violation(pointer, "required", "is required")));
    }
  }
}
