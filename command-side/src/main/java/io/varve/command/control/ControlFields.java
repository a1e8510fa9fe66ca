package io.varve.command.control;

import io.varve.events.control.Control;
import io.varve.events.rule.Rules;
import java.math.BigDecimal;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The rules of the fields that adopting and revising a control share. */
final class ControlFields {

  private ControlFields() {}

  static void check(
      Rules rules,
      @Nullable String slug,
      @Nullable String title,
      @Nullable String statement,
      @Nullable String framework,
      Control.@Nullable Status status,
      @Nullable BigDecimal effectiveness,
      @Nullable SortedSet<String> techniques) {
    rules
        .slug("/slug", slug)
        .line("/title", title, Control.MAX_TITLE)
        .prose("/statement", statement, Control.MAX_STATEMENT)
        .required("/status", status)
        .range("/effectiveness", effectiveness, BigDecimal.ZERO, BigDecimal.ONE)
        .size("/techniques", techniques, Control.MAX_TECHNIQUES);
    if (framework != null) {
      rules.matches(
          "/framework", framework, Control.FRAMEWORK, "must look like framework:identifier");
    }
    if (techniques != null) {
      for (String technique : techniques) {
        rules.matches(
            "/techniques", technique, Control.TECHNIQUE, "must look like T1234 or T1234.001");
      }
    }
  }
}
