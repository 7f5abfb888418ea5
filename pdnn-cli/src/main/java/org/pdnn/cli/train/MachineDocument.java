package org.pdnn.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.pdnn.cli.display.Typed;
import org.pdnn.cli.train.CourseFigure.Curve;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Estimate;
import org.pdnn.ising.learning.Exact;
import org.pdnn.ising.learning.Examples;
import org.pdnn.ising.learning.FreeEnergyClassifier;
import org.pdnn.ising.learning.PseudoLikelihood;
import org.pdnn.ising.learning.Rbm;
import org.pdnn.names.Counted;
import org.pdnn.random.Philox;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Form;
import org.pdnn.report.Point;
import org.pdnn.report.Rows;

/// What `pdnn train` says of a restricted Boltzmann machine.
final class MachineDocument {
  private final Path file;
  private final Rbm rbm;
  private final Course course;
  private final long seed;
  private final int threads;
  private final Document document;
  private final List<String> evidence = new ArrayList<>();

  MachineDocument(Path file, String sha256, MachineTraining.Learnt learnt, long seed, int threads) {
    this.file = file;
    this.rbm = learnt.rbm();
    this.course = learnt.course();
    this.seed = seed;
    this.threads = threads;
    this.document =
        new Document("Training")
            .fact("model", file.toString())
            .fact("modelSha256", sha256)
            .fact("parameters", parameters());
    course.accuracy().ifPresent(share -> document.fact("validationAccuracy", share));
    learnt
        .secondsPerEpoch()
        .ifPresent(seconds -> {
          document.fact("secondsPerEpoch", seconds);
          evidence.add(
              String.format(
                  Locale.ROOT, "%.3g s an epoch on %s.", seconds, Counted.of(threads, "thread")));
        });
  }

  /// Checks that a machine has a visible unit for each value of an image, and none or one for each
  /// class.
  static void requireFit(Rbm form, DataSet set) {
    int values = set.training().shape().size();
    int classes = set.training().classes();
    if (form.pixels() != values || (form.labels() != 0 && form.labels() != classes)) {
      throw new IllegalArgumentException(
          "%s does not fit %s, images of %s values in %s; use rbm:%s-%s, or rbm:%s+%s-%s with labels"
              .formatted(
                  form,
                  set.name(),
                  values,
                  Counted.of(classes, "class"),
                  values,
                  form.hidden(),
                  values,
                  classes,
                  form.hidden()));
    }
  }

  private long parameters() {
    return (long) rbm.weight().size() + rbm.hidden() + rbm.visible();
  }

  /// Measures the machine on images that no choice was made by.
  void measure(Images test) {
    Examples examples =
        Examples.of(test, rbm.labels() > 0).drawn(Philox.forPurpose(seed, "validation"));
    double pseudo = PseudoLikelihood.of(rbm, examples, threads);
    String answer =
        String.format(Locale.ROOT, "pseudo-log-likelihood %.2f nats a test image", pseudo);
    document.fact("pseudoLogLikelihood", pseudo).fact("testImages", test.count());
    if (rbm.labels() > 0) {
      Estimate accuracy =
          Estimate.ofShare(new FreeEnergyClassifier(rbm).accuracy(test, threads), test.count());
      document
          .fact("accuracy", accuracy.value())
          .fact("accuracyImagesLow", accuracy.low())
          .fact("accuracyImagesHigh", accuracy.high());
      evidence.addFirst(capital(answer) + ".");
      answer =
          String.format(
              Locale.ROOT,
              "%.2f %% of %s have their label by least free energy (%.2f to %.2f %%)",
              100 * accuracy.value(),
              Counted.of(test.count(), "test image"),
              100 * accuracy.low(),
              100 * accuracy.high());
    }
    document.headline(
        String.format(
            Locale.ROOT,
            "%s: %s, %,d parameters; %s",
            file.getFileName(),
            rbm,
            parameters(),
            answer));
    if (rbm.hidden() <= Exact.MOST_HIDDEN) {
      double exact = Exact.logLikelihood(rbm, examples);
      document.fact("logLikelihood", exact);
      evidence.add(
          String.format(Locale.ROOT, "Exact log-likelihood %.2f nats a test image.", exact));
    }
    document.lead(evidence);
    table();
  }

  private void table() {
    document.add(
        new Rows<>(course.epochs())
            .add("epoch", "epoch", Course.After::epoch)
            .add(
                Column.of("pseudoLogLikelihood", "pseudo-log-likelihood").as("%.2f"),
                Course.After::pseudoLogLikelihood)
            .add(Column.percent("validationAccuracy", "validation"), Course.After::accuracy)
            .table("course", "Course of the training")
            .only(Form.JSON, Form.CSV));
  }

  /// Adds what a page shows.
  ///
  /// @param test of which some are completed
  /// @param generated number of images, which go as files
  /// @param folder of the page
  void draw(Images test, int generated, Path folder) throws IOException {
    CourseFigure.add(
        document,
        "likelihood",
        "Pseudo-log-likelihood",
        "nats an image",
        course.epochs(),
        List.of(
            new Curve<>("held-out images", each -> point(each, each.pseudoLogLikelihood(), 1))));
    CourseFigure.add(
        document,
        "accuracy",
        "Accuracy by least free energy",
        "%",
        course.epochs(),
        List.of(new Curve<>("held-out images", each -> point(each, each.accuracy(), 100))));
    MachinePictures pictures = new MachinePictures(rbm, generated, test, seed, threads);
    pictures.sections().forEach(section -> document.add(section.only(Form.PAGE)));
    Path files = folder.resolve("generated");
    pictures.write(files);
    document.sentence(
        "%s in %s%s"
            .formatted(
                Counted.of(generated, "generated image"),
                files,
                rbm.labels() == 0
                    ? ""
                    : "; what a network takes them for: "
                        + Typed.command(List.of("evaluate", "MODEL", "--data", files.toString()))));
  }

  private static Stream<Point> point(Course.After epoch, OptionalDouble value, double factor) {
    return value.stream().mapToObj(each -> Point.of(epoch.epoch(), factor * each));
  }

  Document document() {
    return document;
  }

  private static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
