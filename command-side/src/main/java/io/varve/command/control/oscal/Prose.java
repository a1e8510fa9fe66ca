package io.varve.command.control.oscal;

import static java.util.Objects.requireNonNullElse;

import io.varve.events.control.Control;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A control's statement in words: one line for each part, indented as it nests, after its label;
 * the blanks as NIST prints them, {@code [Assignment: …]} and {@code [Selection: …]}.
 */
final class Prose {

  /** An insertion; catalogs leave a space between it and the mark that follows. */
  private static final Pattern INSERTION =
      Pattern.compile("\\{\\{\\s*insert:\\s*param,\\s*([^\\s{}]+)\\s*}}( (?=[;:,.)]))?");

  /** A link within the catalog leads nowhere once the control stands alone. */
  private static final Pattern INTERNAL_LINK =
      Pattern.compile("\\[([^\\[\\]]{1,500})]\\(#[^()\\s]{1,200}\\)");

  /**
   * Where writing stops, as choices can insert each other without end: beyond what a statement may
   * have, so that one that was cut is refused as too long.
   */
  private static final int ENOUGH = 2 * Control.MAX_STATEMENT + 2;

  private final Map<String, Parameter> parameters;
  private final Set<String> open = new HashSet<>();
  private final StringBuilder text = new StringBuilder();

  private Prose(Map<String, Parameter> parameters) {
    this.parameters = parameters;
  }

  static String of(List<Part> statement, Map<String, Parameter> parameters) {
    var prose = new Prose(parameters);
    statement.forEach(part -> prose.write(part, 0));
    if (prose.isFull()) {
      prose.text.setLength(ENOUGH);
    }
    return prose.text.toString();
  }

  private boolean isFull() {
    return text.length() >= ENOUGH;
  }

  private void write(Part part, int depth) {
    boolean silent = part.label().isEmpty() && part.prose().isEmpty();
    if (!silent && !isFull()) {
      if (!text.isEmpty()) {
        text.append('\n').append("  ".repeat(depth));
      }
      text.append(part.label());
      if (!part.label().isEmpty() && !part.prose().isEmpty()) {
        text.append(' ');
      }
      write(INTERNAL_LINK.matcher(part.prose()).replaceAll("$1"));
    }
    for (Part inner : part.parts()) {
      write(inner, silent ? depth : depth + 1);
    }
  }

  private void write(String words) {
    Matcher insertion = INSERTION.matcher(words);
    int from = 0;
    while (!isFull() && insertion.find()) {
      text.append(words, from, insertion.start());
      fill(insertion.group(1));
      from = insertion.end();
    }
    text.append(words, from, words.length());
  }

  private void fill(String id) {
    Parameter parameter = parameters.get(id);
    if (parameter == null || !open.add(id)) {
      text.append("[Assignment: ").append(id).append(']');
      return;
    }
    if (!parameter.values().isEmpty()) {
      text.append(String.join(", ", parameter.values()));
    } else if (!parameter.choices().isEmpty()) {
      choose(parameter);
    } else {
      text.append("[Assignment: ").append(requireNonNullElse(parameter.label(), id)).append(']');
    }
    open.remove(id);
  }

  private void choose(Parameter parameter) {
    text.append(parameter.severalChoices() ? "[Selection (one or more): " : "[Selection: ");
    String separator = "";
    for (String choice : parameter.choices()) {
      text.append(separator);
      write(choice.strip());
      separator = "; ";
    }
    text.append(']');
  }
}
