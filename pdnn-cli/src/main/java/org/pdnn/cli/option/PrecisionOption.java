package org.pdnn.cli.option;

import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.display.Notice;
import org.pdnn.integer.InputGrid;
import org.pdnn.network.InputForm;
import org.pdnn.network.Network;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `--weights`: the bits of weights and what passes are computed in.
@Heading("Sampling")
public final class PrecisionOption {
  @Option(
      names = "--weights",
      converter = Notation.class,
      paramLabel = "8|4|2|1|32",
      description =
          "Bits of the hidden layers' weights; the first and the last layer and the input have 8."
              + " p-DNNs are computed in integers, deterministic networks with the same weights."
              + " 8g, 4g, 2g and 1g have a scale for every 64 inputs. 32 is the network as trained,"
              + " in floating point (default: 8; 32 for p-DNNs without an integer form).")
  private @Nullable String weights;

  /// Checks the notation before a command begins.
  static final class Notation implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      try {
        Precision.parse(text);
        return text;
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /// The precision asked for; else integers, and floating point where those cannot be, with a
  /// notice.
  ///
  /// @param form of the inputs, which are brought to its grid
  /// @throws IllegalArgumentException if a network cannot be run as it was asked for
  public Precision of(Network network, InputForm form, Run run, PrintWriter notices) {
    return of(network, run, notices).on(InputGrid.of(form));
  }

  private Precision of(Network network, Run run, PrintWriter notices) {
    if (weights != null) {
      Precision asked = Precision.parse(weights);
      Optional<String> refusal = asked.refusal(network, run);
      if (refusal.isPresent()) {
        throw new IllegalArgumentException(
            "--weights %s: %s; use --weights 32, floating point".formatted(weights, refusal.get()));
      }
      return asked;
    }
    Optional<String> refusal = Precision.DEFAULT.refusal(network, run);
    refusal.ifPresent(reason -> {
      Notice.tell(notices, "in floating point, since " + reason);
    });
    return refusal.isPresent() ? Precision.REAL : Precision.DEFAULT;
  }
}
