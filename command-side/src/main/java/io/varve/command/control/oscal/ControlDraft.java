package io.varve.command.control.oscal;

import io.varve.command.control.ImportedControl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What has been read of one control and its enhancements. They are put into words once all is read,
 * since a parameter may be defined after it is inserted, or by the control that is enhanced.
 */
final class ControlDraft {

  private final String pointer;
  private @Nullable String id;
  private @Nullable String title;
  private boolean withdrawn;
  private final Map<String, Parameter> parameters = new HashMap<>();
  private final List<Part> statement = new ArrayList<>();
  private final List<ControlDraft> enhancements = new ArrayList<>();

  private ControlDraft(String pointer) {
    this.pointer = pointer;
  }

  /**
   * @param begun is told of each control before it is read
   */
  static ControlDraft read(Cursor json, Runnable begun) {
    begun.run();
    var control = new ControlDraft(json.pointer());
    json.object(member -> control.read(json, member, begun));
    return control;
  }

  private void read(Cursor json, String member, Runnable begun) {
    switch (member) {
      case "id" -> id = json.text();
      case "title" -> title = json.text().strip();
      case "props" -> Prop.readAll(json, this::take);
      case "params" -> Parameter.readAll(json, parameters);
      case "parts" -> Part.readStatements(json, statement);
      case "controls" -> json.array(() -> enhancements.add(read(json, begun)));
      default -> json.skip();
    }
  }

  private void take(Prop prop) {
    withdrawn |= prop.is("status") && prop.value().equalsIgnoreCase("withdrawn");
  }

  /** Hands over the control, then those that enhance it. */
  void finish(Map<String, Parameter> inherited, Consumer<ImportedControl> each) {
    Map<String, Parameter> known = inherited;
    if (!parameters.isEmpty()) {
      known = new HashMap<>(inherited);
      known.putAll(parameters);
    }
    each.accept(new ImportedControl(pointer, id, title, Prose.of(statement, known), withdrawn));
    for (ControlDraft enhancement : enhancements) {
      enhancement.finish(known, each);
    }
  }
}
