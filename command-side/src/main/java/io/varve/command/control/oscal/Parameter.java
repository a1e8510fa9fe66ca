package io.varve.command.control.oscal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A blank in a control's words, which whoever adopts the control fills in.
 *
 * @param values what it has been filled with, if it has
 * @param choices what can be chosen from, if it is not open
 * @param severalChoices whether more than one may be chosen
 */
record Parameter(
    @Nullable String label, List<String> values, List<String> choices, boolean severalChoices) {

  private static final class Draft {
    @Nullable String id;
    @Nullable String label;
    final List<String> values = new ArrayList<>();
    final List<String> choices = new ArrayList<>();
    boolean severalChoices;
  }

  static void readAll(Cursor json, Map<String, Parameter> byId) {
    json.array(
        () -> {
          var parameter = new Draft();
          json.object(member -> read(json, member, parameter));
          if (parameter.id != null) {
            byId.put(
                parameter.id,
                new Parameter(
                    parameter.label,
                    parameter.values,
                    parameter.choices,
                    parameter.severalChoices));
          }
        });
  }

  private static void read(Cursor json, String member, Draft parameter) {
    switch (member) {
      case "id" -> parameter.id = json.text();
      case "label" -> parameter.label = json.text().strip();
      case "values" -> json.texts(parameter.values);
      case "select" -> json.object(inner -> readSelection(json, inner, parameter));
      default -> json.skip();
    }
  }

  private static void readSelection(Cursor json, String member, Draft parameter) {
    switch (member) {
      case "how-many" -> parameter.severalChoices = json.text().equals("one-or-more");
      case "choice" -> json.texts(parameter.choices);
      default -> json.skip();
    }
  }
}
