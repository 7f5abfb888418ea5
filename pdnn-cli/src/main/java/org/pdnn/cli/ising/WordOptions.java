package org.pdnn.cli.ising;

import java.io.IOException;
import org.pdnn.cli.option.Heading;
import org.pdnn.names.Choice;
import org.pdnn.random.Imperfection;
import org.pdnn.random.Lfsr;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;
import picocli.CommandLine.Option;

/// `--generator` and `--imperfection`: the random words of updates.
@Heading("Seed and threads")
final class WordOptions {
  private enum Generator {
    PHILOX,
    LFSR32,
    LFSR16
  }

  @Option(
      names = "--generator",
      paramLabel = "philox|lfsr32|lfsr16",
      defaultValue = "philox",
      description =
          "What makes the random words; registers are drawn word by word, which is slow (default:"
              + " ${DEFAULT-VALUE}).")
  private Generator generator = Generator.PHILOX;

  @Option(
      names = "--imperfection",
      paramLabel = "KIND",
      defaultValue = "none",
      description =
          "A fault of the random words: none, bits:2, bias:0.02, shared:8, or file:BITS, words from"
              + " a file of measured bits; with ar1:0.9 and telegraph:0.9 a word depends on that of"
              + " the sweep before, which takes time by the square of --sweeps (default:"
              + " ${DEFAULT-VALUE}).")
  private String imperfection = "none";

  /// The generator's name in results, with what is wrong with its words.
  String name() {
    String name = Choice.name(generator);
    return imperfection.equals("none") ? name : name + ", " + imperfection;
  }

  /// @param sweeps of a read
  /// @throws IllegalArgumentException for an imperfection that is unknown, or runs out of words
  RandomWords of(long seed, int sweeps) throws IOException {
    Imperfection fault = Imperfection.read(imperfection);
    fault.requireEffect(Scheme.INDEPENDENT, sweeps);
    return fault.over(
        switch (generator) {
          case PHILOX -> new Philox(seed);
          case LFSR32 -> new Lfsr(seed);
          case LFSR16 -> new Lfsr(16, 16, Philox.forPurpose(seed, "lfsr"));
        });
  }
}
