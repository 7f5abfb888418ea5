package org.pdnn.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pdnn.data.Images;
import org.pdnn.files.AtomicFile;
import org.pdnn.generation.ImageGrid;
import org.pdnn.ising.learning.Clamp;
import org.pdnn.ising.learning.Gibbs;
import org.pdnn.ising.learning.Rbm;
import org.pdnn.network.Shape;
import org.pdnn.random.Philox;
import org.pdnn.report.Picture;
import org.pdnn.report.Pictures;

/// What a machine has learnt, to be looked at: weights, images that chains draw, and images that
/// they complete.
final class MachinePictures {
  /// Updates of a chain.
  static final int SWEEPS = 1000;

  private static final int COLUMNS = 10;
  private static final int ROWS = 10;
  private static final double QUALITY = 0.95;

  /// Pixels across that small images are enlarged to, at most.
  private static final int WIDTH = 640;

  private final Rbm rbm;
  private final Images test;
  private final Shape shape;
  private final float[][] generated;
  private final float[][] given;
  private final float[][] completed;

  /// Runs the chains.
  ///
  /// @param count images to generate
  /// @param test of which the first are completed
  MachinePictures(Rbm rbm, int count, Images test, long seed, int threads) {
    this.rbm = rbm;
    this.test = test;
    this.shape = test.shape();
    List<Clamp> clamps = new ArrayList<>();
    for (int chain = 0; chain < count; chain++) {
      clamps.add(rbm.labels() == 0 ? Clamp.none(rbm) : Clamp.label(rbm, label(chain)));
    }
    this.given = new float[Math.min(COLUMNS, test.count())][shape.size()];
    for (int index = 0; index < given.length; index++) {
      test.read(index, given[index], 0);
      clamps.add(Clamp.pixels(rbm, given[index], this::upper));
    }
    float[][] means =
        new Gibbs(rbm, Philox.forPurpose(seed, "generation noise"))
            .run(clamps, SWEEPS, threads)
            .means();
    this.generated = pixels(Arrays.copyOf(means, count));
    this.completed = pixels(Arrays.copyOfRange(means, count, means.length));
  }

  private float[][] pixels(float[][] means) {
    return Arrays.stream(means)
        .map(each -> Arrays.copyOf(each, shape.size()))
        .toArray(float[][]::new);
  }

  /// Whether a pixel lies in the upper half.
  private boolean upper(int pixel) {
    int plane = shape.dimension(1) * shape.dimension(2);
    return pixel % plane < shape.dimension(1) / 2 * shape.dimension(2);
  }

  private int label(int chain) {
    return chain % rbm.labels();
  }

  List<Pictures> sections() {
    return List.of(weights(), drawn(), halves());
  }

  /// The weights of the first hidden units.
  private Pictures weights() {
    int shown = Math.min(COLUMNS * ROWS, rbm.hidden());
    double squares = 0;
    for (int j = 0; j < shown; j++) {
      for (int i = 0; i < rbm.pixels(); i++) {
        double weight = rbm.weight().get(j * rbm.visible() + i);
        squares += weight * weight;
      }
    }
    double white = Math.max(Float.MIN_NORMAL, 3 * Math.sqrt(squares / shown / rbm.pixels()));
    float[][] units = new float[shown][rbm.pixels()];
    for (int j = 0; j < shown; j++) {
      for (int i = 0; i < rbm.pixels(); i++) {
        units[j][i] = (float) (0.5 + rbm.weight().get(j * rbm.visible() + i) / white / 2);
      }
    }
    return grid(
        "weights",
        "Weights of hidden units",
        "One square for each of %s: grey is 0, white and black are three standard deviations of the"
                .formatted(
                    shown == rbm.hidden()
                        ? "all %s units".formatted(shown)
                        : "the first %s of %s units".formatted(shown, rbm.hidden()))
            + " weights above and below.",
        "units, row by row",
        units);
  }

  /// Rows of a label each, or chains as they come.
  private Pictures drawn() {
    if (rbm.labels() == 0) {
      return grid(
          "generated",
          "Generated images",
          "Each is drawn by a chain of %s sweeps that began with fair coins; shown are the means of"
                  .formatted(SWEEPS)
              + " the pixels.",
          "chains, row by row",
          Arrays.copyOf(generated, Math.min(COLUMNS * ROWS, generated.length)));
    }
    int labels = Math.min(ROWS, Math.min(rbm.labels(), generated.length));
    int each = Math.clamp(generated.length / rbm.labels(), 1, COLUMNS);
    float[][] rows =
        IntStream.range(0, labels)
            .boxed()
            .flatMap(label ->
                IntStream.range(0, each).mapToObj(k -> generated[k * rbm.labels() + label]))
            .toArray(float[][]::new);
    return picture(
        "generated",
        "Generated images",
        "Drawn by chains of %s sweeps that began with fair coins, their label clamped; shown are the"
                .formatted(SWEEPS)
            + " means of the pixels.",
        "rows of the labels " + String.join(", ", test.classNames().subList(0, labels)),
        rows,
        each);
  }

  private Pictures halves() {
    float[][] all =
        Stream.of(
                Arrays.stream(given),
                Arrays.stream(given).map(this::upperOf),
                Arrays.stream(completed))
            .flatMap(images -> images)
            .toArray(float[][]::new);
    return picture(
        "completed",
        "Completed images",
        "A chain of %s sweeps begins with the given half of a test image and fair coins, and keeps"
                .formatted(SWEEPS)
            + " that half.",
        "rows of test images, what was given of them, and what chains completed",
        all,
        given.length);
  }

  private float[] upperOf(float[] image) {
    float[] half = image.clone();
    for (int pixel = 0; pixel < half.length; pixel++) {
      half[pixel] = upper(pixel) ? half[pixel] : 0.5f;
    }
    return half;
  }

  private Pictures grid(String id, String title, String caption, String below, float[][] images) {
    return picture(id, title, caption, below, images, Math.min(COLUMNS, images.length));
  }

  private Pictures picture(
      String id, String title, String caption, String below, float[][] images, int columns) {
    int factor = columns * shape.dimension(2) <= WIDTH / 2 ? 2 : 1;
    Shape large =
        Shape.of(shape.dimension(0), factor * shape.dimension(1), factor * shape.dimension(2));
    float[][] enlarged =
        Arrays.stream(images).map(each -> enlarged(each, factor)).toArray(float[][]::new);
    byte[] jpeg = new ImageGrid(enlarged, large, columns).jpeg(QUALITY);
    return new Pictures(id, title, caption, List.of(Picture.jpeg(jpeg, below)));
  }

  /// Every pixel as a square of pixels.
  private float[] enlarged(float[] image, int factor) {
    int width = shape.dimension(2);
    float[] large = new float[image.length * factor * factor];
    for (int at = 0; at < large.length; at++) {
      int row = at / (width * factor) / factor;
      int column = at % (width * factor) / factor;
      large[at] = image[row * width + column];
    }
    return large;
  }

  /// Writes the generated images, as a data set of a subfolder for each label.
  void write(Path folder) throws IOException {
    int classes = Math.max(1, rbm.labels());
    for (int of = 0; of < classes; of++) {
      Path home = rbm.labels() == 0 ? folder : folder.resolve(name(of));
      int number = 1;
      for (int chain = of; chain < generated.length; chain += classes) {
        byte[] png = new ImageGrid(new float[][] {generated[chain]}, shape, 1).png();
        AtomicFile.write(file(home, number++), out -> out.write(png));
      }
      // Those of a longer list that was there before.
      while (Files.deleteIfExists(file(home, number))) {
        number++;
      }
    }
  }

  /// The name of a class where it can be that of a folder, else its number.
  private String name(int label) {
    String name = test.classNames().get(label);
    return name.matches("[\\p{L}\\p{N}_ -]+") ? name : String.valueOf(label);
  }

  private static Path file(Path home, int number) {
    return home.resolve(String.format(Locale.ROOT, "%04d.png", number));
  }
}
