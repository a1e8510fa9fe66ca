package io.varve.bench;

import io.varve.events.Json;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows measurements to people and to programs. */
final class Report {

  private Report() {}

  static void table(List<Measurement> measurements, PrintStream out) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"benchmark", "ours", "peer", "unit", "ratio", "target", "met"});
    for (Measurement m : measurements) {
      Double peer = m.peer();
      Double ratio = m.ratio();
      rows.add(
          new String[] {
            m.name(),
            number(m.ours()),
            peer == null ? "" : number(peer),
            m.unit(),
            ratio == null ? "" : String.format(Locale.ROOT, "%.2f", ratio),
            m.target() == null ? "" : m.target().toString(),
            m.target() == null ? "" : m.met() ? "yes" : "NO"
          });
    }
    int[] widths = new int[7];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    for (int r = 0; r < rows.size(); r++) {
      var line = new StringBuilder("|");
      for (int i = 0; i < widths.length; i++) {
        String cell = rows.get(r)[i];
        String pad = " ".repeat(widths[i] - cell.length());
        boolean right = i == 1 || i == 2 || i == 4;
        line.append(' ').append(right ? pad + cell : cell + pad).append(" |");
      }
      out.println(line);
      if (r == 0) {
        out.println(line.toString().replaceAll("[^|]", "-"));
      }
    }
  }

  static void json(List<Measurement> measurements, Path file) {
    ArrayNode array = Json.MAPPER.createArrayNode();
    for (Measurement m : measurements) {
      ObjectNode line = array.addObject();
      line.put("name", m.name());
      line.put("ours", m.ours());
      line.put("peer", m.peer());
      line.put("unit", m.unit());
      line.put("ratio", m.ratio());
      line.put("target", m.target() == null ? null : m.target().value());
      line.put("met", m.met());
    }
    Json.MAPPER.writerWithDefaultPrettyPrinter().writeValue(file, array);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.3g", value);
  }
}
