package org.pdnn.cli.input;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.data.InputImages;
import org.pdnn.names.Counted;
import org.pdnn.names.Printable;
import org.pdnn.network.InputForm;
import org.pdnn.network.Model;
import org.pdnn.network.ModelFile;
import org.pdnn.network.Shape;
import org.pdnn.network.TrainedOn;

/// Data sets as models read them, and what models know of their classes.
public final class ModelData {
  /// Names of classes in a line.
  private static final int SOME = 10;

  private ModelData() {}

  /// Both parts of a set as a model reads them.
  ///
  /// @throws IllegalArgumentException if they do not fit, or have a class more than the model
  public static DataSet fed(DataSet set, ModelFile file) {
    Model model = file.model();
    int outputs = model.network().output().size();
    if (set.test().classes() > outputs) {
      throw new IllegalArgumentException(
          "%s has %s, %s has %s; choose other data or another model"
              .formatted(
                  file.path(),
                  Counted.of(outputs, "output"),
                  set.name(),
                  Counted.of(set.test().classes(), "class")));
    }
    requireKnown(file, set);
    DataSet numbered = model.trainedOn().map(learnt -> numberedBy(learnt, set)).orElse(set);
    return fed(numbered, model.network().input(), model.input());
  }

  /// A set whose classes have the numbers that a model knows them by. Classes of quite other names,
  /// but as many, are taken to have the same order.
  private static DataSet numberedBy(TrainedOn learnt, DataSet set) {
    List<String> known = learnt.classes();
    List<String> classes = set.test().classNames();
    return known.equals(classes) || !known.containsAll(classes)
        ? set
        : new DataSet(
            set.name(),
            set.training().numberedBy(known),
            set.test().numberedBy(known),
            set.note(),
            set.heldOut());
  }

  /// Checks that a model and a data set have the same classes.
  ///
  /// @throws IllegalArgumentException if the model knows some of the set's classes and not others,
  ///   or none and has not as many
  public static void requireKnown(ModelFile file, DataSet set) {
    List<String> known = file.model().trainedOn().map(TrainedOn::classes).orElse(List.of());
    List<String> classes = set.test().classNames();
    boolean others = known.size() == classes.size() && Collections.disjoint(known, classes);
    if (known.isEmpty() || others || known.containsAll(classes)) {
      return;
    }
    List<String> strange = classes.stream().filter(each -> !known.contains(each)).toList();
    throw new IllegalArgumentException(
        "%s knows the classes %s, and not %s of %s; give folders the names of its classes"
            .formatted(file.path(), listed(known), listed(strange), set.name()));
  }

  /// The first names of a list, in a line.
  public static String listed(List<String> names) {
    return names.stream().limit(SOME).map(Printable::of).collect(Collectors.joining(", "))
        + (names.size() > SOME ? ", ... (%s)".formatted(names.size()) : "");
  }

  /// Both parts of a set as a network reads them.
  public static DataSet fed(DataSet set, Shape input, InputForm form) {
    InputImages reads = new InputImages(form, input);
    return new DataSet(
        set.name(), reads.fed(set.training()), reads.fed(set.test()), set.note(), set.heldOut());
  }

  /// What a network that learns from a set will remember of it.
  ///
  /// @param name what the user called it
  public static TrainedOn remembered(String name, DataSet set) {
    return new TrainedOn(
        name,
        set.training().sha256(),
        Optional.of(set.test().sha256()),
        set.training().classNames());
  }

  /// The training images that a model did not learn from, where it says so; empty if it learnt from
  /// all, from others, or does not say.
  ///
  /// @param set as the model reads it
  public static Optional<Images> validation(Model model, DataSet set) {
    Images training = set.training();
    return model
        .trainedOn()
        .filter(learnt -> learnt.trainingSha256().equals(training.sha256()))
        .flatMap(TrainedOn::validation)
        .filter(held -> held.images() > 0 && held.images() < training.count())
        .map(held ->
            training
                .stratified(held.seed())
                .slice(training.count() - held.images(), training.count()));
  }
}
