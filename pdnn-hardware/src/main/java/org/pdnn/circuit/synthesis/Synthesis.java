package org.pdnn.circuit.synthesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Verilog;

/// Maps circuits to the cells of an FPGA, by Yosys.
///
/// @param family of the FPGA
/// @param most time for a circuit
public record Synthesis(Family family, Set<Option> options, Duration most) {
  /// The names of the files that Yosys writes.
  private static final String COUNTS = "counts.json";

  private static final String VERILOG = "netlist.v";

  static final String JSON = "netlist.json";

  /// How it is done.
  public enum Option {
    /// Modules are dissolved into one, so that cells are saved across their bounds.
    FLAT,

    /// Products are made of LUTs.
    WITHOUT_DSPS
  }

  public Synthesis {
    options = Set.copyOf(options);
  }

  /// With ten minutes for a circuit.
  public Synthesis(Family family, Option... options) {
    this(family, Set.of(options), Duration.ofMinutes(10));
  }

  /// A circuit as cells.
  ///
  /// @throws IOException in one sentence if Yosys is missing, fails or takes longer
  public Netlist of(Circuit circuit) throws IOException {
    try (Folder folder = new Folder()) {
      run(circuit, folder.path());
      Netlist counts = Netlist.counted(family, circuit.name(), folder.path().resolve(COUNTS));
      String verilog = Files.readString(folder.path().resolve(VERILOG));
      return new Netlist(counts.modules(), counts.total(), verilog);
    }
  }

  /// Leaves what Yosys writes in a folder.
  void run(Circuit circuit, Path folder) throws IOException {
    Verilog verilog = Verilog.of(circuit);
    verilog.write(folder);
    String sources =
        verilog.files().keySet().stream()
            .filter(name -> name.endsWith(".v"))
            .sorted()
            .collect(Collectors.joining(" "));
    String script =
        "read_verilog %s; %s -top %s; tee -o %s stat -json; write_verilog -noattr %s; write_json %s"
            .formatted(
                sources,
                family.command(
                    options.contains(Option.FLAT), !options.contains(Option.WITHOUT_DSPS)),
                circuit.name(),
                COUNTS,
                VERILOG,
                JSON);
    Tool.YOSYS.run(folder, most, List.of("-q", "-p", script));
  }
}
