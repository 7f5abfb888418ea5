package org.pdnn.cli.option;

import java.util.Locale;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pdnn.circuit.accelerator.Accelerator;
import org.pdnn.circuit.element.Lfsr;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.random.Imperfection;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import picocli.CommandLine.Option;

/// `--generator`: what makes the random words.
@Heading("Sampling")
public final class GeneratorOption {
  private static final String PHILOX = "philox";
  private static final int ELEMENTS = 16;
  private static final Pattern LFSR = Pattern.compile("lfsr(16|32)(?::([0-9]{1,4}))?");

  @Option(
      names = "--generator",
      paramLabel = "philox|lfsr32|lfsr16",
      defaultValue = PHILOX,
      description =
          "What makes the random words: philox, or the registers of the accelerator of pdnn"
              + " hardware with 16 elements, others as in lfsr32:4; they need --scheme independent"
              + " or, with 32 bits, scrambled (default: ${DEFAULT-VALUE}).")
  private String notation = PHILOX;

  /// Random words by noise seed.
  ///
  /// @param name in results
  /// @param inOrder whether inputs are numbered from 0 in their order, as an accelerator computes
  ///   them, and not addressed by their values
  public record Words(String name, LongFunction<RandomWords> seeded, boolean inOrder) {}

  /// The words of a run.
  ///
  /// @param imperfection of philox
  /// @throws IllegalArgumentException if an accelerator would not have such a run
  Words of(Network network, Precision precision, Run run, Imperfection imperfection) {
    String asked = notation.strip().toLowerCase(Locale.ROOT);
    if (asked.equals(PHILOX)) {
      return new Words(NoiseOption.generator(imperfection), imperfection.seeded(), false);
    }
    Matcher lfsr = LFSR.matcher(asked);
    if (!lfsr.matches()) {
      throw new IllegalArgumentException(
          "--generator must be philox, lfsr32 or lfsr16, or with P elements as lfsr32:4, got '%s'"
              .formatted(notation));
    }
    boolean elsewhere = run.averaging() != Averaging.END || run.last() != LastHidden.BITS;
    require(!elsewhere, "an accelerator draws bits in all layers and adds logits");
    require(
        imperfection.equals(new Imperfection.None()),
        "--imperfection is one of the words of philox");
    require(!precision.real(), "an accelerator computes in integers; use --weights 8");
    String named = lfsr.group(2);
    int elements = named == null ? ELEMENTS : Integer.parseInt(named);
    Accelerator accelerator =
        Accelerator.of(
            network,
            precision.weights().orElseThrow(),
            precision.grid(),
            new Lfsr(Integer.parseInt(lfsr.group(1)), 1),
            run.scheme(),
            elements);
    return new Words(
        "lfsr%s, %s elements".formatted(lfsr.group(1), elements),
        seed -> accelerator.words(accelerator.start(seed), run.samples()),
        true);
  }

  private void require(boolean sound, String otherwise) {
    if (!sound) {
      throw new IllegalArgumentException("--generator %s: %s".formatted(notation, otherwise));
    }
  }
}
