package org.pdnn.cli.option;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.pdnn.benchmark.MeasuredEnergy;
import org.pdnn.benchmark.Quartiles;

/// What `--joules` adds to the document of `pdnn bench inference`.
public final class EnergyColumns {
  public static final List<String> HEADINGS =
      List.of("net nJ/input", "net quartiles", "gross nJ/input", "gross quartiles");

  private EnergyColumns() {}

  public static List<String> cells(MeasuredEnergy.PerInput energy) {
    return List.of(
        number(energy.netNanojoules().median()),
        quartiles(energy.netNanojoules()),
        number(energy.grossNanojoules().median()),
        quartiles(energy.grossNanojoules()));
  }

  /// A sentence below the table.
  public static String claims(MeasuredEnergy energy) {
    return " Idle power %s mW (quartiles %s), all programs, counted by %s."
        .formatted(
            number(energy.idleMilliwatts().median()),
            quartiles(energy.idleMilliwatts()),
            String.join(", ", energy.counters()));
  }

  /// Adds what was metered.
  ///
  /// @param rows one per engine
  public static void add(ObjectNode document, ArrayNode rows, MeasuredEnergy energy) {
    ObjectNode idle = document.putObject("idle");
    add(idle, "Milliwatts", energy.idleMilliwatts());
    energy.counters().forEach(idle.putArray("counters")::add);
    for (int i = 0; i < rows.size(); i++) {
      ObjectNode row = (ObjectNode) rows.get(i);
      MeasuredEnergy.PerInput engine = energy.perInput().get(i);
      add(row, "NetNanojoulesPerInput", engine.netNanojoules());
      add(row, "GrossNanojoulesPerInput", engine.grossNanojoules());
    }
  }

  private static void add(ObjectNode node, String quantity, Quartiles values) {
    node.put("median" + quantity, values.median())
        .put("lowerQuartile" + quantity, values.lower())
        .put("upperQuartile" + quantity, values.upper());
  }

  private static String quartiles(Quartiles values) {
    return number(values.lower()) + " to " + number(values.upper());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
