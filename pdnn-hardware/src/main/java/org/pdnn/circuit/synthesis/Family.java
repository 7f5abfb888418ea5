package org.pdnn.circuit.synthesis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/// Families of FPGAs, as Yosys maps circuits to them and names their cells.
///
/// Wide multiplexers (MUXF7, PFUMX) are not counted: they join LUTs within a slice. A carry of an
/// ECP5 takes the place of two LUTs.
public enum Family {
  XILINX_7("Xilinx 7", "xilinx"),
  ULTRASCALE_PLUS("UltraScale+", "xilinx"),
  ECP5("ECP5", "ecp5"),

  /// Those without DSPs, as the HX8K is.
  ICE40("iCE40", "ice40");

  private static final Resources LUT = new Resources(1, 0, 0, 0, 0);
  private static final Resources FLIP_FLOP = new Resources(0, 1, 0, 0, 0);
  private static final Resources CARRY = new Resources(0, 0, 1, 0, 0);
  private static final Resources DSP = new Resources(0, 0, 0, 1, 0);
  private static final Resources RAM = new Resources(0, 0, 0, 0, 1);

  /// Small memories lie in LUTs, as many as the vendor's guide says of each cell.
  private static final Map<String, Resources> XILINX_CELLS =
      Map.of(
          "LUT[1-6]|INV|SRL16E|SRLC32E", LUT,
          "RAM(32|64)X1D", LUT.times(2),
          "RAM(32|64)M|RAM128X1D", LUT.times(4),
          "RAM32M16|RAM64M8|RAM256X1D", LUT.times(8),
          "FD[RSCP]E", FLIP_FLOP,
          "CARRY[48]", CARRY,
          "DSP48E[12]", DSP,
          "RAMB(18|36)E[12]", RAM,
          "MUXF[789]", Resources.NONE);

  private static final Map<String, Resources> ECP5_CELLS =
      Map.of(
          "LUT4", LUT,
          "TRELLIS_DPR16X4", LUT.times(6),
          "TRELLIS_FF", FLIP_FLOP,
          "CCU2C", CARRY,
          "MULT18X18D", DSP,
          "DP16KD|PDPW16KD", RAM,
          "PFUMX|L6MUX21", Resources.NONE);

  private static final Map<String, Resources> ICE40_CELLS =
      Map.of(
          "SB_LUT4", LUT,
          "SB_DFF\\w*", FLIP_FLOP,
          "SB_CARRY", CARRY,
          "SB_RAM40_4K\\w*", RAM);

  private final String words;
  private final String folder;

  Family(String words, String folder) {
    this.words = words;
    this.folder = folder;
  }

  /// The command of Yosys that maps a circuit to it.
  ///
  /// @param flat modules are dissolved into one
  /// @param dsps products are made by DSPs, where there are any
  public String command(boolean flat, boolean dsps) {
    String withoutDsps = dsps ? "" : " -nodsp";
    return switch (this) {
      case XILINX_7 -> xilinx("xc7", flat) + withoutDsps;
      case ULTRASCALE_PLUS -> xilinx("xcup", flat) + withoutDsps;
      case ECP5 -> "synth_ecp5" + (flat ? "" : " -noflatten") + withoutDsps;
      case ICE40 -> "synth_ice40" + (flat ? "" : " -noflatten");
    };
  }

  private static String xilinx(String family, boolean flat) {
    return "synth_xilinx -family " + family + " -noiopad -noclkbuf" + (flat ? " -flatten" : "");
  }

  /// What a cell takes.
  ///
  /// @throws IllegalArgumentException if it is not known
  Resources of(String cell) {
    Map<String, Resources> cells =
        switch (this) {
          case XILINX_7, ULTRASCALE_PLUS -> XILINX_CELLS;
          case ECP5 -> ECP5_CELLS;
          case ICE40 -> ICE40_CELLS;
        };
    return cells.entrySet().stream()
        .filter(kind -> Pattern.matches(kind.getKey(), cell))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "nothing says what the cell %s of an %s takes".formatted(cell, words)));
  }

  /// The file of Yosys that says in Verilog what its cells compute, for simulators. That of the
  /// iCE40 is read with `NO_ICE40_DEFAULT_ASSIGNMENTS` defined.
  public Path models() throws IOException {
    Path yosys = Tool.YOSYS.path().orElseThrow(() -> new IOException(Tool.YOSYS.missing()));
    return yosys
        .toRealPath()
        .resolveSibling(Path.of("..", "share", "yosys", folder, "cells_sim.v"))
        .normalize();
  }

  @Override
  public String toString() {
    return words;
  }
}
