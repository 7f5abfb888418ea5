package org.pdnn.cli.input;

import java.util.Collections;
import java.util.List;
import org.pdnn.cli.option.Heading;
import org.pdnn.network.InputForm;
import picocli.CommandLine.Option;

/// `--mean` and `--std`: how pixels are normalised before a network reads them.
@Heading("Data")
public final class InputFormOptions {
  @Option(
      names = "--mean",
      paramLabel = "M,...",
      hideParamSyntax = true,
      split = ",",
      description =
          "Mean subtracted from pixels in [0, 1], one per channel or one for all, as in 0.1307;"
              + " stored in the model (default: 0).")
  private List<Float> mean = List.of();

  @Option(
      names = "--std",
      paramLabel = "S,...",
      hideParamSyntax = true,
      split = ",",
      description = "Standard deviation that they are then divided by, as in 0.3081 (default: 1).")
  private List<Float> std = List.of();

  /// Whether a mean or a std was given.
  public boolean given() {
    return !mean.isEmpty() || !std.isEmpty();
  }

  /// The form that was asked for, channels first.
  public InputForm form() {
    int channels = Math.max(mean.size(), std.size());
    return new InputForm(
        InputForm.Axes.CHANNELS_FIRST, each(mean, 0, channels), each(std, 1, channels));
  }

  private static List<Float> each(List<Float> given, float otherwise, int channels) {
    return switch (given.size()) {
      case 0 -> Collections.nCopies(channels, otherwise);
      case 1 -> Collections.nCopies(channels, given.getFirst());
      default -> given;
    };
  }
}
