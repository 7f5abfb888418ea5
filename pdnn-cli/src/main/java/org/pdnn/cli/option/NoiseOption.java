package org.pdnn.cli.option;

import java.io.IOException;
import org.pdnn.random.Imperfection;
import org.pdnn.random.Scheme;
import picocli.CommandLine.Option;

/// `--imperfection`: what is wrong with the random words.
@Heading("Sampling")
public final class NoiseOption {
  @Option(
      names = "--imperfection",
      paramLabel = "KIND",
      defaultValue = "none",
      description =
          "A fault of the random words: none, telegraph:0.9, bits:2, bias:0.02, ar1:0.9, shared:8,"
              + " lfsr:16, or file:BITS, words from a file of measured bits. All but shared and"
              + " file need --scheme independent (default: ${DEFAULT-VALUE}).")
  private String notation = "none";

  /// The imperfection of the words.
  ///
  /// @param samples T, the longest
  /// @throws IllegalArgumentException if a run would not show it
  public Imperfection of(Scheme scheme, int samples) throws IOException {
    Imperfection imperfection = Imperfection.read(notation);
    imperfection.requireEffect(scheme, samples);
    return imperfection;
  }

  /// The generator's name in results.
  static String generator(Imperfection imperfection) {
    return imperfection.equals(new Imperfection.None()) ? "philox" : "philox, " + imperfection;
  }
}
