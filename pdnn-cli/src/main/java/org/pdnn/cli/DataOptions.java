package org.pdnn.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.network.Network;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which data set, and where the sets lie.
final class DataOptions {
  /// Numbers of built-in digits that commands draw unless told otherwise.
  private static final int DIGITS_TRAINING = 20_000;

  private static final int DIGITS_TEST = 4_000;

  @Option(
      names = "--data",
      completionCandidates = Candidates.Data.class,
      paramLabel = "SET",
      defaultValue = "digits",
      description = "digits (built in), mnist, cifar10, celeba or a folder (default: digits).")
  String name = "digits";

  @Mixin private final DataFolder folder = new DataFolder();

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
    return folder.open(name, digits == null ? digitsTraining : digits, digitsTest);
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
