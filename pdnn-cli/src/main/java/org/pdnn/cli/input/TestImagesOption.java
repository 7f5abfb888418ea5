package org.pdnn.cli.input;

import org.jspecify.annotations.Nullable;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.Within;
import org.pdnn.data.Images;
import picocli.CommandLine.Option;

/// `--images` of commands that measure on test images.
@Heading("Data")
public final class TestImagesOption {
  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Only N test images, stratified by class (default: all).")
  @Within(least = 1, most = 1 << 24)
  private @Nullable Integer images;

  /// As many test images as were asked for.
  public Images of(Images test, long seed) {
    if (images == null) {
      return test;
    }
    if (images > test.count()) {
      throw new IllegalArgumentException(
          "--images must be 1 to %d, got %d".formatted(test.count(), images));
    }
    return test.some(images, seed);
  }
}
