package io.varve.command.control;

import static java.util.Objects.requireNonNullElse;

import io.varve.events.control.Control;
import io.varve.events.rule.Rules;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A control as a catalog has it, not yet found good.
 *
 * @param pointer where it stands in the catalog, as a JSON pointer
 * @param id the catalog's own identifier, for example {@code ac-2.1}
 * @param statement what it demands, in words
 * @param withdrawn whether the catalog only says that it is no longer there
 */
public record ImportedControl(
    String pointer,
    @Nullable String id,
    @Nullable String title,
    String statement,
    boolean withdrawn) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._()-]{0,63}");

  void check(Rules rules) {
    rules
        .matches(
            pointer + "/id",
            id,
            ID,
            "must be 1 to 64 of letters, digits and . _ - ( ), a letter or digit first")
        .line(pointer + "/title", title, Control.MAX_TITLE)
        .prose(pointer + "/parts", statement, Control.MAX_STATEMENT);
  }

  /** The slug that the control has in a tenant: {@code ac_2_1} for {@code ac-2.1}. */
  String slug() {
    return requireNonNullElse(id, "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "_")
        .replaceAll("_$", "");
  }

  String reference(String framework) {
    return framework + ":" + id;
  }

  /** The id as far as it can be shown, whatever a catalog calls its controls. */
  String shownId() {
    String shown = requireNonNullElse(id, "");
    return shown.substring(0, Math.min(shown.length(), 64));
  }
}
