package org.pdnn.cli.reproduce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.input.DataFolder;
import org.pdnn.cli.option.Heading;
import org.pdnn.data.DataSet;
import org.pdnn.experiment.FeatureSource;
import org.pdnn.files.Sha256;
import org.pdnn.generation.KnownScore;
import org.pdnn.generation.PixelRange;
import picocli.CommandLine.Option;

/// The Inception network that FID is defined by, brought by the user.
@Heading("Fréchet inception distance (figure 4b)")
final class InceptionOptions {
  @Option(
      names = "--inception",
      paramLabel = "FILE",
      description =
          "Inception as ONNX, from images to the 2048 numbers after its last pool: figure 4b then"
              + " gives FID (default: FD-VGG5, of features of a network of our own).")
  private @Nullable Path file;

  @Option(
      names = "--inception-sha256",
      paramLabel = "HASH",
      description = "SHA-256 that the file must have (default: any; it is noted).")
  private @Nullable String hash;

  @Option(
      names = "--inception-range",
      paramLabel = "unit|signed|bytes",
      defaultValue = "unit",
      description =
          "What the model takes for black and white: 0 and 1, -1 and 1, 0 and 255 (default: unit).")
  private String range = "unit";

  @Option(
      names = "--known-score",
      paramLabel = "FID,DIR,DIR",
      split = ",",
      description =
          "A score by a reference implementation and the two folders of images that it is of; ours"
              + " must be within 1 %% of it.")
  private String @Nullable [] known;

  /// The network, if the user brings one.
  Optional<FeatureSource.Inception> source(DataFolder data) throws IOException {
    if (file == null) {
      if (hash != null || known != null) {
        throw new IllegalArgumentException(
            "--inception-sha256 and --known-score need a model; name its file by --inception");
      }
      return Optional.empty();
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " does not exist; check the path");
    }
    return Optional.of(
        new FeatureSource.Inception(
            file, checked(Sha256.of(file), file), PixelRange.parse(range), knownScore(data)));
  }

  /// The file is read whatever was computed with it before.
  private String checked(String found, Path model) throws IOException {
    if (hash != null && !hash.strip().equalsIgnoreCase(found)) {
      throw new IOException(
          "%s has the SHA-256 %s, not %s; it is another model"
              .formatted(model, found, hash.strip()));
    }
    return found;
  }

  private Optional<KnownScore> knownScore(DataFolder data) throws IOException {
    if (known == null) {
      return Optional.empty();
    }
    if (known.length != 3) {
      throw new IllegalArgumentException("--known-score takes a score and two folders");
    }
    DataSet one = data.open(known[1], 1, 1);
    DataSet other = data.open(known[2], 1, 1);
    return Optional.of(new KnownScore(one, other, score(known[0])));
  }

  private static double score(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--known-score begins with a number, got " + text, e);
    }
  }
}
