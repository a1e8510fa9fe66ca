package io.varve.query.audit;

import io.varve.events.audit.Term;
import io.varve.events.audit.Words;
import io.varve.events.rule.Rules;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which events of the trail are wanted: those that are all of this. What is null is not asked for.
 *
 * @param from the first time that is wanted
 * @param to the first time that is not
 * @param actor who did it, or in whose name it was done
 * @param impersonator who acted as the actor
 * @param request the id of the request that it came of
 * @param trace the id of the W3C trace that it belongs to
 * @param path a JSON pointer (RFC 6901) to what was changed, or to what holds that
 * @param text words that were all in changed texts, before or after
 */
public record AuditFilter(
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable UUID actor,
    @Nullable UUID impersonator,
    @Nullable String stream,
    @Nullable UUID id,
    @Nullable String type,
    @Nullable String request,
    @Nullable String trace,
    @Nullable String path,
    @Nullable String text) {

  public static final AuditFilter ALL =
      new AuditFilter(null, null, null, null, null, null, null, null, null, null, null);

  public static final int MAX_NAME = 100;
  public static final int MAX_PATH = 1_000;
  public static final int MAX_TEXT = 500;
  public static final int MAX_WORDS = 16;

  private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*)+");

  /** Reports every rule that this filter breaks. */
  public void check(Rules rules) {
    rules.optionalLine("/stream", stream, MAX_NAME);
    rules.optionalLine("/type", type, MAX_NAME);
    rules.optionalLine("/request", request, MAX_NAME);
    rules.optionalLine("/trace", trace, MAX_NAME);
    if (path != null) {
      rules.line("/path", path, MAX_PATH);
      rules.matches(
          "/path", path, POINTER, "must be a JSON pointer to something, such as /likelihood");
    }
    if (text != null) {
      rules.prose("/text", text, MAX_TEXT);
      int words = Words.of(text).size();
      rules.hold(words > 0, "/text", "blank", "must have a word");
      rules.hold(
          words <= MAX_WORDS, "/text", "too-many", "must have at most " + MAX_WORDS + " words");
    }
  }

  /** Everything but the time, as what an event must have. */
  Set<Term> terms() {
    var terms = new LinkedHashSet<Term>();
    add(terms, Term.Kind.ACTOR, actor);
    add(terms, Term.Kind.IMPERSONATOR, impersonator);
    add(terms, Term.Kind.STREAM, stream);
    add(terms, Term.Kind.ID, id);
    add(terms, Term.Kind.TYPE, type);
    add(terms, Term.Kind.REQUEST, request);
    add(terms, Term.Kind.TRACE, trace);
    add(terms, Term.Kind.PATH, path);
    if (text != null) {
      Words.of(text).forEach(word -> add(terms, Term.Kind.WORD, word));
    }
    return terms;
  }

  private static void add(Set<Term> terms, Term.Kind kind, @Nullable Object value) {
    if (value != null) {
      terms.add(new Term(kind, value.toString()));
    }
  }
}
