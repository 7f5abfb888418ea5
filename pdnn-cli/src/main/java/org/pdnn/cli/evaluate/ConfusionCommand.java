package org.pdnn.cli.evaluate;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Confusion;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Rows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pdnn confusion`: the accuracy of each class, and what its images were taken for. Each image
/// counts once for every noise seed.
@Command(
    name = "confusion",
    mixinStandardHelpOptions = true,
    description = "Show the accuracy of each class, and which classes are mistaken for which.",
    footer = {
      "",
      "Examples:",
      "  pdnn confusion p5.safetensors",
      "  pdnn confusion p5.safetensors --data mnist --samples 8 --format csv"
    })
public final class ConfusionCommand extends SubjectCommand {
  /// Classes whose whole matrix fits on a screen.
  private static final int SCREEN = 12;

  /// Classes whose matrix is written at all.
  private static final int MOST = 1000;

  @Mixin private final TestImagesOption images = new TestImagesOption();
  @Mixin private final AveragingOptions averages = new AveragingOptions();

  @Override
  AveragingOptions averages() {
    return averages;
  }

  @Override
  Images images(DataSet set, long seed) {
    List<String> classes = set.test().classNames();
    if (classes.size() > MOST) {
      throw new IllegalArgumentException(
          "a confusion matrix has at most %s classes, got %s".formatted(MOST, classes.size()));
    }
    return images.of(set.test(), seed);
  }

  @Override
  Document document(Subject subject) {
    var measured = subject.measured();
    Confusion confusion = measured.confusion();
    List<String> names = subject.images().classNames();
    int samples = measured.last().samples();
    Rows<Integer> rows =
        new Rows<>(IntStream.range(0, names.size()).boxed().toList())
            .add("class", "class", names::get)
            .add(Column.kept("samples"), _ -> samples)
            .add("images", "images", label -> confusion.answers(label) / confusion.seeds())
            .add(Column.percent("accuracy", "accuracy"), label -> accuracy(confusion, label));
    for (int chosen = 0; chosen < names.size(); chosen++) {
      int place = chosen;
      String heading = names.size() <= SCREEN ? names.get(chosen) : "";
      rows.add("predicted/" + names.get(chosen), heading, label -> confusion.count(label, place));
    }
    return subject.noted(
        subject
            .document("Accuracy by class")
            .fact("samples", samples)
            .fact("seeds", confusion.seeds())
            .sentence(
                "%s on %s at T = %s".formatted(subject.name(), subject.images().name(), samples))
            .add(
                rows.add(
                        Column.shown("most often mistaken for"),
                        label -> mistaken(confusion, names, label))
                    .table(
                        "classes",
                        "Classes",
                        "A row is a true class; the columns count what its images were taken for, %s"
                            .formatted(
                                confusion.seeds() == 1
                                    ? "once per image."
                                    : confusion.seeds() + " noise seeds per image."))));
  }

  private static @Nullable Double accuracy(Confusion confusion, int label) {
    int answers = confusion.answers(label);
    return answers == 0 ? null : (double) confusion.count(label, label) / answers;
  }

  /// The class, or the output: a network may have more than the data have classes.
  private static @Nullable String mistaken(Confusion confusion, List<String> names, int label) {
    int mistaken = confusion.mistakenFor(label);
    if (mistaken == label) {
      return null;
    }
    return mistaken < names.size() ? names.get(mistaken) : "output " + mistaken;
  }
}
