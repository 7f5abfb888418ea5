package org.pdnn.cli.input;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.display.Notice;
import org.pdnn.cli.option.Candidates;
import org.pdnn.cli.option.Heading;
import org.pdnn.data.DataSet;
import org.pdnn.names.Counted;
import org.pdnn.names.Printable;
import org.pdnn.network.ModelFile;
import org.pdnn.network.TrainedOn;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which data set, and where the sets lie.
@Heading("Data")
public final class DataOptions {
  private static final String DIGITS = "digits";

  /// Numbers of built-in digits that commands draw unless told otherwise.
  private static final int DIGITS_TRAINING = 20_000;

  private static final int DIGITS_TEST = 4_000;

  @Option(
      names = "--data",
      completionCandidates = Candidates.Data.class,
      paramLabel = "SET",
      description =
          "digits (built in), mnist, cifar10, celeba, or a folder: of pictures with a subfolder"
              + " for each class, of IDX files, or of CIFAR's binary files (default: the data"
              + " that a model was trained on, else digits).")
  private @Nullable String name;

  @Mixin private final DataFolder folder = new DataFolder();

  @Option(
      names = "--digits",
      paramLabel = "N",
      description =
          "Built-in digits drawn for training (default: 20000; in a study, by its budget).")
  private @Nullable Integer digits;

  /// The set that is named, or the built-in one.
  public String name() {
    return name == null ? DIGITS : name;
  }

  /// The data of a new network.
  ///
  /// @param notices told how test images were chosen and what was left out, where there is a choice
  public DataSet open(PrintWriter notices) throws IOException {
    return open(DIGITS_TRAINING, DIGITS_TEST, notices);
  }

  /// The data that a model is run on, as it reads them: [#open(List, PrintWriter)], fed to it.
  public DataSet open(ModelFile file, PrintWriter notices) throws IOException {
    return ModelData.fed(open(List.of(file), notices), file);
  }

  /// The data that models are run on, as they are stored: those that are named, else those that the
  /// first model learnt from.
  ///
  /// @param notices told in a line which data were taken, or how they differ from those it learnt
  /// @throws IllegalArgumentException if no data are named, and the model knows none or others
  public DataSet open(List<ModelFile> files, PrintWriter notices) throws IOException {
    ModelFile file = files.getFirst();
    Optional<TrainedOn> learnt = file.model().trainedOn();
    if (name == null && learnt.isEmpty()) {
      throw new IllegalArgumentException(
          file.path() + " does not say what it was trained on; name the data by --data");
    }
    DataSet set = name == null ? remembered(file.path(), learnt.orElseThrow()) : open(name());
    for (ModelFile each : files) {
      ModelData.requireKnown(each, set);
    }
    if (name == null) {
      Notice.tell(
          notices,
          "on %s, which %s was trained on"
              .formatted(Printable.of(learnt.orElseThrow().data()), file.path()));
    }
    for (ModelFile each : files) {
      each.model()
          .trainedOn()
          .flatMap(data -> difference(data, set))
          .ifPresent(difference ->
              Notice.tell(
                  notices, "%s was trained on other data: %s".formatted(each.path(), difference)));
    }
    if (set.heldOut() && files.stream().allMatch(each -> learntElsewhere(each, set))) {
      Notice.tell(
          notices,
          "all %s of %s are measured, as nothing was trained on them"
              .formatted(
                  Counted.of(set.training().count() + set.test().count(), "image"), set.name()));
      return set.allTested();
    }
    return set;
  }

  /// Whether a model is known to have learnt from another folder than this; one under the same name
  /// may have grown since.
  private boolean learntElsewhere(ModelFile file, DataSet set) {
    return file.model()
        .trainedOn()
        .filter(learnt ->
            !learnt.data().equals(name())
                && !learnt.trainingSha256().equals(set.training().sha256()))
        .isPresent();
  }

  private DataSet remembered(Path file, TrainedOn learnt) throws IOException {
    try {
      return open(learnt.data());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s was trained on '%s', which is not here; name the data by --data"
              .formatted(file, Printable.of(learnt.data())),
          e);
    }
  }

  /// How a set differs from the one that a model learnt from, if it does.
  private Optional<String> difference(TrainedOn learnt, DataSet set) {
    List<String> classes = set.test().classNames();
    if (Collections.disjoint(classes, learnt.classes())) {
      return Optional.of(
          "its classes are %s, those of %s are %s, taken to be in the same order"
              .formatted(
                  ModelData.listed(learnt.classes()), set.name(), ModelData.listed(classes)));
    }
    // The built-in digits are one set, however many are drawn.
    boolean digits = learnt.data().equals(DIGITS) && set.name().equals(DIGITS);
    boolean same =
        digits
            || learnt
                .testSha256()
                .map(hash -> hash.equals(set.test().sha256()))
                .orElseGet(() -> learnt.trainingSha256().equals(set.training().sha256()));
    return same
        ? Optional.empty()
        : Optional.of(
            "the images of %s are not those of %s"
                .formatted(set.name(), Printable.of(learnt.data())));
  }

  /// The data set that was named.
  ///
  /// @param digitsTraining built-in digits to draw unless the user says how many
  /// @param notices told how test images were chosen and what was left out, where there is a choice
  public DataSet open(int digitsTraining, int digitsTest, PrintWriter notices) throws IOException {
    DataSet set = open(name(), digitsTraining, digitsTest);
    if (set.training().classes() < 2) {
      throw new IllegalArgumentException(
          "%s has one class, and a classifier needs two; give each class a subfolder of its own"
              .formatted(set.name()));
    }
    if (!set.note().isEmpty()) {
      Notice.tell(notices, set.note());
    }
    return set;
  }

  private DataSet open(String set) throws IOException {
    return open(set, DIGITS_TRAINING, DIGITS_TEST);
  }

  private DataSet open(String set, int digitsTraining, int digitsTest) throws IOException {
    return folder.open(set, digits == null ? digitsTraining : digits, digitsTest);
  }
}
