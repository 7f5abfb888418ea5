package org.pdnn.reproduction;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pdnn.circuit.synthesis.Resources;
import org.pdnn.report.Rows;
import org.pdnn.report.Table;

/// What the paper measured on its FPGA. The gain follows from other printed numbers, the parts of a
/// processing element are synthesised here; nothing stands in for a board.
final class Table2 {
  private static final String PLACE = "table 2";
  private static final String BOARD =
      "A measurement on the paper's board; nothing here runs on hardware.";

  /// What Yosys makes of the circuits, or why it did not.
  private record Outcome(Optional<Table2Circuits> circuits, String fault) {
    /// Made once, as it takes half a minute.
    static final Outcome ONCE = of();

    private static Outcome of() {
      try {
        return new Outcome(Optional.of(Table2Circuits.synthesised()), "");
      } catch (IOException e) {
        return new Outcome(Optional.empty(), "Not synthesised: " + e.getMessage() + ".");
      }
    }
  }

  /// A design's column.
  private record Design(String name, String watts, String luts, String registers) {
    /// The same for both designs.
    static final String NANOSECONDS = "2.04e6";

    Claim power() {
      return Claim.notComputed(PLACE, "power, " + name, "W", watts, BOARD);
    }

    Claim time() {
      return Claim.notComputed(PLACE, "time, " + name, "ns", NANOSECONDS, BOARD);
    }

    double nanojoules() {
      return new BigDecimal(watts).multiply(new BigDecimal(NANOSECONDS)).doubleValue();
    }

    List<Claim> area() {
      String whole =
          "The paper's whole design, with memories and control; only its processing elements are"
              + " synthesised here.";
      return List.of(
          Claim.notComputed(PLACE, "LUTs, " + name, "", luts, whole),
          Claim.notComputed(PLACE, "registers, " + name, "", registers, whole));
    }
  }

  private static final Design PBIT = new Design("p-bit", "0.066", "3796", "2926");
  private static final Design TANH = new Design("tanh", "0.168", "4158", "2759");

  static Reproduction computed() {
    Outcome outcome = Outcome.ONCE;
    Reproduction table =
        new Reproduction("table2", PLACE, "Measurements of the FPGA")
            .claim(claims(outcome))
            .remark(
                String.format(
                    Locale.ROOT,
                    """
                    Over 1,242 neurons of 32 inputs the bits of the standard element's signals \
                    toggle %.2f times as often as those of the p-bit element, counted in the \
                    emulator. Within a multiplier nothing is counted, and toggles are no energy: \
                    the paper's 2.55 is of measured powers.\
                    """,
                    Table2Toggles.ratio()));
    outcome.circuits().ifPresent(circuits -> table.add(modules(circuits)));
    return table;
  }

  private static List<Claim> claims(Outcome outcome) {
    List<Claim> claims = new ArrayList<>();
    claims.add(
        Claim.of(PLACE, "gain", "", "2.55", TANH.nanojoules() / PBIT.nanojoules())
            .because(
                "Arithmetic on the printed powers and times, which are the paper's measurements."));
    for (Design design : List.of(PBIT, TANH)) {
      claims.add(design.power());
      claims.add(design.time());
    }
    for (Design design : List.of(PBIT, TANH)) {
      claims.addAll(design.area());
    }
    claims.addAll(parts(outcome));
    return claims;
  }

  private static List<Claim> parts(Outcome outcome) {
    Claim energy = Claim.notComputed(PLACE, "MAC module, energy saved", "times", "4.42", BOARD);
    if (outcome.circuits().isEmpty()) {
      return List.of(
          Claim.notComputed(PLACE, "LUTs, LFSR", "", "16", outcome.fault()),
          Claim.notComputed(PLACE, "registers, LFSR", "", "33", outcome.fault()),
          Claim.notComputed(PLACE, "LUTs, comparator", "", "17", outcome.fault()),
          Claim.notComputed(PLACE, "registers, comparator", "", "33", outcome.fault()),
          energy,
          Claim.notComputed(PLACE, "MAC module, LUTs saved", "times", "2.9", outcome.fault()));
    }
    Table2Circuits circuits = outcome.circuits().get();
    Resources generator = circuits.generator();
    Resources comparator = circuits.comparator();
    return List.of(
        count("LUTs, LFSR", "16", generator.luts())
            .explained(
                1,
                "Yosys counts a LUT for each bit. The paper's are evidently counted once placed, when"
                    + " a LUT of six inputs holds two functions that share five."),
        count("registers, LFSR", "33", generator.flipFlops())
            .explained(
                0.04,
                "The state has 32 bits; the paper does not say what the one register more is for."),
        count("LUTs, comparator", "17", comparator.luts())
            .explained(
                0.5,
                "Ours compares a random number with the exact sum of 38 bits with its sign, so that"
                    + " nothing is clipped before; 17 suffice for two numbers of 32 bits in pairs of"
                    + " bits."),
        count("registers, comparator", "33", comparator.flipFlops())
            .explained(
                0.95,
                "Ours compares the registers of the sum and of the generator where they are; the"
                    + " paper's evidently keeps an operand of 32 bits of its own."),
        energy,
        Claim.of(
                PLACE,
                "MAC module, LUTs saved",
                "times",
                "2.9",
                circuits.times(circuits.wholeProduct()))
            .explained(0.1, savings(circuits)));
  }

  private static Claim count(String quantity, String printed, long ours) {
    return Claim.of(PLACE, quantity, "", printed, (double) ours);
  }

  private static String savings(Table2Circuits circuits) {
    return String.format(
        Locale.ROOT,
        """
        With %s DSPs for the product, which is added at 58 of its 64 bits. The paper does not say \
        how many it adds: cut to 25 fraction bits, as our standard element does, the ratio is %.1f. \
        Made of LUTs alone it is %.0f.\
        """,
        circuits.wholeProduct().dsps(),
        circuits.times(circuits.multiplier()),
        circuits.times(circuits.withoutDsps()));
  }

  private static Table modules(Table2Circuits circuits) {
    return new Rows<>(
            List.of(
                Map.entry("LFSR", circuits.generator()),
                Map.entry("selective accumulator", circuits.accumulator()),
                Map.entry("comparator", circuits.comparator()),
                Map.entry("p-bit element", circuits.pbit().total()),
                Map.entry("multiply-accumulator", circuits.multiplier()),
                Map.entry("standard element", circuits.standard().total()),
                Map.entry("multiply-accumulator, whole product", circuits.wholeProduct()),
                Map.entry("the same without DSPs", circuits.withoutDsps())))
        .add("module", "Module", Map.Entry::getKey)
        .add("luts", "LUT", row -> row.getValue().luts())
        .add("flipFlops", "FF", row -> row.getValue().flipFlops())
        .add("carries", "CARRY4", row -> row.getValue().carries())
        .add("dsps", "DSP", row -> row.getValue().dsps())
        .add("rams", "RAM", row -> row.getValue().rams())
        .table(
            "table2-modules",
            "What the parts take of a Xilinx 7",
            "Weights in Q6.25, 32 of them and a bias, counted by %s."
                .formatted(circuits.synthesiser()));
  }
}
