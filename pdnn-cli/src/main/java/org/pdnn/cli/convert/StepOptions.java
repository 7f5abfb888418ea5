package org.pdnn.cli.convert;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.Share;
import org.pdnn.cli.option.Within;
import org.pdnn.convert.Calibration;
import org.pdnn.convert.Conversion;
import org.pdnn.convert.ReluPolicy;
import org.pdnn.integer.InputGrid;
import org.pdnn.network.InputForm;
import org.pdnn.sampling.Precision;
import picocli.CommandLine.Option;

/// The steps of a conversion, and how much accuracy they may lose.
@Heading("Steps")
final class StepOptions {
  @Option(
      names = "--weights",
      paramLabel = "8|4|2|1|32",
      defaultValue = "8",
      description =
          "Bits of the hidden layers' weights, also 8g, 4g, 2g, 1g; 32 leaves them as they are"
              + " (default: ${DEFAULT-VALUE}).")
  private String weights = "8";

  @Option(
      names = "--relu",
      paramLabel = "auto|pbit|noisy|keep",
      defaultValue = "auto",
      description =
          "What ReLUs become: scaled p-bits, noisy neurons, or no change; auto takes the first"
              + " of these that, fine-tuned if need be, loses no more than --tolerance (default:"
              + " ${DEFAULT-VALUE}).")
  private ReluPolicy relu = ReluPolicy.AUTO;

  @Option(
      names = "--tolerance",
      converter = Share.Points.class,
      paramLabel = "POINTS",
      defaultValue = "2",
      description =
          "Points of accuracy that may be lost on the calibration images; only a significant"
              + " loss counts (default: ${DEFAULT-VALUE}).")
  @Within(least = 0, most = 100)
  private double tolerance = 2;

  @Option(
      names = "--without",
      paramLabel = "STEP",
      split = ",",
      description = "Steps to leave out, by their names in --explain.")
  private List<String> without = List.of();

  /// The bits of weights, as they were asked for.
  String weights() {
    return weights;
  }

  /// On the grid of what the network reads.
  Precision precision(InputForm form) {
    return Precision.parse(weights).on(InputGrid.of(form));
  }

  double tolerance() {
    return tolerance;
  }

  /// Whether rectifiers become p-bits, whose bounds are measured.
  boolean boundsRectifiers() {
    return relu == ReluPolicy.PBIT;
  }

  Conversion conversion(Optional<Calibration> calibration) {
    return new Conversion(
        calibration,
        tolerance / 100,
        relu,
        Precision.parse(weights).weights(),
        Optional.empty(),
        Set.copyOf(without));
  }
}
