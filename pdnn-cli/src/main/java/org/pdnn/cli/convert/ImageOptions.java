package org.pdnn.cli.convert;

import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.Within;
import org.pdnn.data.Images;
import picocli.CommandLine.Option;

/// How many images a conversion is measured on, and how often.
@Heading("Measurement")
final class ImageOptions {
  static final String NAME = "--images";

  @Option(
      names = "--calibration",
      paramLabel = "N",
      defaultValue = "300",
      description =
          "Training images on which steps are measured, stratified by class (default:"
              + " ${DEFAULT-VALUE}).")
  @Within(least = 1, most = 1 << 24)
  private int calibration = 300;

  @Option(
      names = NAME,
      paramLabel = "N",
      defaultValue = "500",
      description =
          "Test images of the report's curve, stratified by class (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = 1 << 24)
  private int images = 500;

  @Option(
      names = "--seeds",
      paramLabel = "R",
      defaultValue = "3",
      description = "Noise seeds that repeat the curve's measurement (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = 1000)
  private int seeds = 3;

  int count() {
    return images;
  }

  /// Ten times as many, if there are.
  ///
  /// @param test images that there are
  int more(int test) {
    return (int) Math.min(test, 10L * images);
  }

  int seeds() {
    return seeds;
  }

  Images test(Images all, long seed) {
    return all.atMost(images, seed);
  }

  /// The images of the calibration.
  ///
  /// @param learning whether others must be left to learn from: of a small set half
  Images calibration(Images all, boolean learning) {
    int most = learning ? Math.ceilDiv(all.count(), 2) : all.count();
    return all.first(Math.min(calibration, most));
  }
}
