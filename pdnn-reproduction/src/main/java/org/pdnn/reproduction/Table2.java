package org.pdnn.reproduction;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// What the paper measured on its FPGA. Only the gain follows from other printed numbers; nothing
/// stands in for a board or for a circuit.
final class Table2 {
  private static final String BOARD =
      "A measurement on the paper's board; nothing here runs on hardware.";
  private static final String CIRCUIT =
      "A property of the paper's circuit; no circuit is generated here.";

  /// A design's column.
  private record Design(String name, String watts, String luts, String registers) {
    /// The same for both designs.
    static final String NANOSECONDS = "2.04e6";

    Claim power() {
      return Claim.notComputed("table 2", "power, " + name, "W", watts, BOARD);
    }

    Claim time() {
      return Claim.notComputed("table 2", "time, " + name, "ns", NANOSECONDS, BOARD);
    }

    double nanojoules() {
      return new BigDecimal(watts).multiply(new BigDecimal(NANOSECONDS)).doubleValue();
    }
  }

  private static final Design PBIT = new Design("p-bit", "0.066", "3796", "2926");
  private static final Design TANH = new Design("tanh", "0.168", "4158", "2759");

  static Reproduction computed() {
    return new Reproduction("table2", "table 2", "Measurements of the FPGA").claim(claims());
  }

  private static List<Claim> claims() {
    List<Claim> claims = new ArrayList<>();
    claims.add(
        Claim.of("table 2", "gain", "", "2.55", TANH.nanojoules() / PBIT.nanojoules())
            .because(
                "Arithmetic on the printed powers and times, which are the paper's measurements."));
    for (Design design : List.of(PBIT, TANH)) {
      claims.add(design.power());
      claims.add(design.time());
    }
    for (Design design : List.of(PBIT, TANH)) {
      claims.addAll(area(design.name(), design.luts(), design.registers()));
    }
    claims.addAll(area("LFSR", "16", "33"));
    claims.addAll(area("comparator", "17", "33"));
    claims.add(Claim.notComputed("table 2", "MAC module, energy saved", "times", "4.42", CIRCUIT));
    claims.add(Claim.notComputed("table 2", "MAC module, LUTs saved", "times", "2.9", CIRCUIT));
    return claims;
  }

  private static List<Claim> area(String part, String luts, String registers) {
    return List.of(
        Claim.notComputed("table 2", "LUTs, " + part, "", luts, CIRCUIT),
        Claim.notComputed("table 2", "registers, " + part, "", registers, CIRCUIT));
  }
}
