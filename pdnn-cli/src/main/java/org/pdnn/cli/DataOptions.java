package org.pdnn.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pdnn.data.DataSet;
import org.pdnn.data.DataSets;
import org.pdnn.data.Digits;
import org.pdnn.data.Download;
import org.pdnn.data.Images;
import org.pdnn.network.Network;
import picocli.CommandLine.Option;

/// Which data set, and where the sets lie.
final class DataOptions {
  /// Numbers of built-in digits that commands draw unless told otherwise.
  private static final int DIGITS_TRAINING = 20_000;

  private static final int DIGITS_TEST = 4_000;

  /// The built-in set is one set, whatever the seed of a run.
  private static final long DIGITS_SEED = 1;

  @Option(
      names = "--data",
      paramLabel = "SET",
      defaultValue = "digits",
      description = "digits (built in), mnist, cifar10, celeba or a folder (default: digits).")
  String name = "digits";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Folder of the data sets (default: the variable PDNN_DATA, else the user's cache folder).")
  private @Nullable Path folder;

  @Option(
      names = "--digits",
      paramLabel = "N",
      description =
          "How many built-in digits to draw for training (default: 20000; a study's"
              + " budget decides).")
  private @Nullable Integer digits;

  DataSet open() throws IOException {
    return open(DIGITS_TRAINING, DIGITS_TEST);
  }

  /// @param digitsTraining built-in digits to draw unless the user says how many
  DataSet open(int digitsTraining, int digitsTest) throws IOException {
    try (DownloadDisplay display = new DownloadDisplay()) {
      return DataSets.open(
          name,
          folder(),
          new Digits.Sizes(DIGITS_SEED, digits == null ? digitsTraining : digits, digitsTest),
          Download.fromEnvironment(display));
    }
  }

  private Path folder() {
    if (folder != null) {
      return folder;
    }
    String variable = System.getenv("PDNN_DATA");
    if (variable != null && !variable.isBlank()) {
      return Path.of(variable);
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache != null && !cache.isBlank()
            ? Path.of(cache)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("pdnn");
  }

  /// @throws IllegalArgumentException if the network reads images of another size
  static void requireFit(Network network, Images images) {
    if (images.shape().size() != network.input().size()) {
      throw new IllegalArgumentException(
          "the model reads %s, the images are %s; scale them or choose another model"
              .formatted(network.input(), images.shape()));
    }
  }
}
