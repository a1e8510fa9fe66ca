package io.varve.events.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.events.diff.Change;
import io.varve.events.provenance.Provenance;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that an event is found by. An event answers a search if it has all of the search's
 * terms, whether an index says so or the event itself.
 */
public record Term(Kind kind, String value) {

  /** In what way an event is found. The names are part of the keys: they never change. */
  public enum Kind {
    ACTOR,
    IMPERSONATOR,
    STREAM,
    ID,
    TYPE,
    REQUEST,
    TRACE,
    /** A JSON pointer to something that changed, or to what holds it. */
    PATH,
    /** A word of a text that was there before or after. */
    WORD;

    private final String text = name().toLowerCase(Locale.ROOT);
  }

  /** The first 8 bytes of the SHA-256 of the kind, a zero byte and the value. */
  public long key() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(kind.text.getBytes(UTF_8));
      digest.update((byte) 0);
      return ByteBuffer.wrap(digest.digest(value.getBytes(UTF_8))).getLong();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** All that an event is found by. */
  public static Set<Term> of(String stream, UUID id, String type, Provenance provenance) {
    var terms = new LinkedHashSet<Term>();
    terms.add(new Term(Kind.STREAM, stream));
    terms.add(new Term(Kind.ID, id.toString()));
    terms.add(new Term(Kind.TYPE, type));
    terms.add(new Term(Kind.ACTOR, provenance.actor().id().toString()));
    if (provenance.impersonator() != null) {
      terms.add(new Term(Kind.IMPERSONATOR, provenance.impersonator().id().toString()));
    }
    addIfThere(terms, Kind.REQUEST, provenance.request());
    addIfThere(terms, Kind.TRACE, provenance.trace());
    for (Change change : provenance.diff().changes()) {
      addPointers(terms, change.path());
      Words.in(change.from(), word -> terms.add(new Term(Kind.WORD, word)));
      Words.in(change.to(), word -> terms.add(new Term(Kind.WORD, word)));
    }
    return terms;
  }

  private static void addIfThere(Set<Term> terms, Kind kind, @Nullable String value) {
    if (value != null) {
      terms.add(new Term(kind, value));
    }
  }

  /** A pointer and each that leads to it, but not the empty one, which is every change's. */
  private static void addPointers(Set<Term> terms, String pointer) {
    for (int end = pointer.length(); end > 0; end = pointer.lastIndexOf('/', end - 1)) {
      terms.add(new Term(Kind.PATH, pointer.substring(0, end)));
    }
  }
}
