package org.pdnn.cli.input;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.option.Heading;
import org.pdnn.names.Nearest;
import org.pdnn.network.InputForm;
import picocli.CommandLine.Option;

/// `--mean` and `--std`, or `--normalise`: how pixels are normalised before a network reads them.
@Heading("Data")
public final class InputFormOptions {
  private static final List<String> NAMES = List.of("imagenet", "cifar10", "mnist", "-1..1");

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
      description = "Standard deviation by which they are then divided, as in 0.3081 (default: 1).")
  private List<Float> std = List.of();

  @Option(
      names = "--normalise",
      paramLabel = "NAME",
      description =
          "Both by name: imagenet, cifar10, mnist, or -1..1 for pixels scaled to that range.")
  private @Nullable String named;

  /// Whether a normalisation was given.
  public boolean given() {
    return !mean.isEmpty() || !std.isEmpty() || named != null;
  }

  /// The form that was asked for, channels first.
  ///
  /// @throws IllegalArgumentException if it was asked for twice, or by a name that is not known
  public InputForm form() {
    if (named != null) {
      if (!mean.isEmpty() || !std.isEmpty()) {
        throw new IllegalArgumentException(
            "--normalise stands for --mean and --std; leave them out");
      }
      return named(named.strip().toLowerCase(Locale.ROOT));
    }
    int channels = Math.max(mean.size(), std.size());
    return new InputForm(
        InputForm.Axes.CHANNELS_FIRST, each(mean, 0, channels), each(std, 1, channels));
  }

  /// The means and deviations that are used with these data sets.
  private static InputForm named(String name) {
    return switch (name) {
      case "imagenet" -> form(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f));
      case "cifar10" ->
          form(List.of(0.4914f, 0.4822f, 0.4465f), List.of(0.2470f, 0.2435f, 0.2616f));
      case "mnist" -> form(List.of(0.1307f), List.of(0.3081f));
      case "-1..1" -> form(List.of(0.5f), List.of(0.5f));
      default ->
          throw new IllegalArgumentException(
              "unknown normalisation '%s'%s; use %s, or --mean and --std"
                  .formatted(name, Nearest.suggestion(name, NAMES), String.join(", ", NAMES)));
    };
  }

  private static InputForm form(List<Float> mean, List<Float> std) {
    return new InputForm(InputForm.Axes.CHANNELS_FIRST, mean, std);
  }

  private static List<Float> each(List<Float> given, float otherwise, int channels) {
    return switch (given.size()) {
      case 0 -> Collections.nCopies(channels, otherwise);
      case 1 -> Collections.nCopies(channels, given.getFirst());
      default -> given;
    };
  }
}
