package io.varve.events.export;

import io.varve.events.audit.Term;
import io.varve.events.audit.Words;
import io.varve.events.catalog.EventTypes;
import io.varve.events.catalog.Streams;
import io.varve.events.hold.HoldId;
import io.varve.events.rule.Rules;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which events are exported: what a legal hold keeps, what a search of the audit trail finds, or,
 * if neither is said, all of the tenant.
 */
public record ExportScope(@Nullable HoldId hold, @Nullable Search search) {

  /** All that a tenant has. */
  public static final ExportScope TENANT = new ExportScope(null, null);

  private static final int MAX_NAME = 100;
  private static final int MAX_PATH = 1_000;
  private static final int MAX_TEXT = 500;
  private static final int MAX_WORDS = 16;
  private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*)+");

  /**
   * Events that are all of this. What is null is not asked for.
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
  public record Search(
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

    /** Everything but the time, as what an event must have. */
    public Set<Term> terms() {
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

    void check(Rules rules) {
      rules
          .hold(
              stream == null || Streams.named(stream).isPresent(),
              "/scope/search/stream",
              "no-such-stream",
              "names no kind of stream")
          .hold(
              type == null || EventTypes.catalog().names().contains(type),
              "/scope/search/type",
              "no-such-type",
              "names no type of event")
          .optionalLine("/scope/search/request", request, MAX_NAME)
          .optionalLine("/scope/search/trace", trace, MAX_NAME)
          .hold(
              from == null || to == null || from.isBefore(to),
              "/scope/search/to",
              "out-of-range",
              "must be after the beginning");
      if (path != null) {
        rules.line("/scope/search/path", path, MAX_PATH);
        rules.matches(
            "/scope/search/path", path, POINTER, "must be a JSON pointer, such as /likelihood");
      }
      if (text != null) {
        rules.prose("/scope/search/text", text, MAX_TEXT);
        int words = Words.of(text).size();
        rules.hold(words > 0, "/scope/search/text", "blank", "must have a word");
        rules.hold(
            words <= MAX_WORDS,
            "/scope/search/text",
            "too-many",
            "must have at most " + MAX_WORDS + " words");
      }
    }
  }

  /** Whether nothing is left out. */
  public boolean leavesNothingOut() {
    return hold == null && search == null;
  }

  public void check(Rules rules) {
    rules.hold(
        hold == null || search == null,
        "/scope/search",
        "contradictory",
        "cannot be said together with a hold");
    if (search != null) {
      search.check(rules);
    }
  }
}
