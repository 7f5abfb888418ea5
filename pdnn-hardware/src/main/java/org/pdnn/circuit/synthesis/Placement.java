package org.pdnn.circuit.synthesis;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pdnn.circuit.Circuit;
import org.pdnn.files.JsonFields;
import org.pdnn.files.JsonFile;

/// A circuit placed and routed on an iCE40, by nextpnr with a fixed seed.
///
/// @param megahertz the fastest clock
/// @param cells logic cells taken, each a LUT, a flip-flop and a carry
/// @param cellsThere how many the chip has
/// @param rams blocks of memory taken
public record Placement(double megahertz, long cells, long cellsThere, long rams) {
  /// Chips.
  public enum Chip {
    HX1K("--hx1k", "tq144"),
    HX8K("--hx8k", "ct256");

    private final String option;
    private final String housing;

    Chip(String option, String housing) {
      this.option = option;
      this.housing = housing;
    }
  }

  /// Places a circuit with a register.
  ///
  /// @param most time for synthesis, and again for placement
  /// @throws IOException in one sentence if a tool is missing, fails or takes longer, or if the
  ///   circuit does not fit
  public static Placement of(Circuit circuit, Chip chip, Duration most) throws IOException {
    try (Folder folder = new Folder()) {
      new Synthesis(Family.ICE40, Set.of(Synthesis.Option.FLAT), most).run(circuit, folder.path());
      Tool.NEXTPNR_ICE40.run(
          folder.path(),
          most,
          List.of(
              "-q",
              chip.option,
              "--package",
              chip.housing,
              "--seed",
              "1",
              "--json",
              Synthesis.JSON,
              "--report",
              "report.json"));
      return JsonFile.parse(
          Files.readAllBytes(folder.path().resolve("report.json")),
          "the report of nextpnr",
          Placement::read);
    }
  }

  private static Placement read(JsonNode report) {
    JsonNode used = JsonFields.object(report, "utilization");
    JsonNode cells = JsonFields.object(used, "ICESTORM_LC");
    double megahertz =
        JsonFields.object(report, "fmax")
            .propertyStream()
            .map(Map.Entry::getValue)
            .mapToDouble(clock -> JsonFields.number(clock, "achieved"))
            .min()
            .orElseThrow(() -> new IllegalArgumentException("there is no clock"));
    return new Placement(
        megahertz,
        JsonFields.longInteger(cells, "used"),
        JsonFields.longInteger(cells, "available"),
        JsonFields.longInteger(JsonFields.object(used, "ICESTORM_RAM"), "used"));
  }
}
