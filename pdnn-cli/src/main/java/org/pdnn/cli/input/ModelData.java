package org.pdnn.cli.input;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.names.Counted;
import org.pdnn.names.Printable;
import org.pdnn.network.InputForm;
import org.pdnn.network.InputForm.Axes;
import org.pdnn.network.Model;
import org.pdnn.network.ModelFile;
import org.pdnn.network.Shape;
import org.pdnn.network.TrainedOn;

/// Images as a network reads them: in its order of axes, normalised as in its training.
///
/// Layouts are compared, not sizes: 32x32x3 is never read as 3x32x32. Extents of 1 do not count,
/// and a flat input takes images of any layout.
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
    return new DataSet(
        set.name(),
        fed(set.training(), input, form),
        fed(set.test(), input, form),
        set.note(),
        set.heldOut());
  }

  /// Images as a network reads them.
  ///
  /// @param input what the network reads
  /// @throws IllegalArgumentException if they do not fit
  public static Images fed(Images images, Shape input, InputForm form) {
    Images normalised = images;
    if (form.normalises()) {
      int channels = images.shape().dimension(0);
      normalised = images.normalised(each(form.mean(), channels), each(form.std(), channels));
    }
    Images laid = form.axes() == Axes.CHANNELS_LAST ? normalised.channelsLast() : normalised;
    requireFit(input, laid.shape(), images.shape());
    return laid;
  }

  /// The order of axes that the shape of an input tells, if it tells one.
  ///
  /// @param images (channels, height, width)
  public static Optional<Axes> axes(Shape input, Shape images) {
    if (input.rank() == 1 || layout(input).equals(layout(images))) {
      return Optional.empty();
    }
    return layout(input).equals(layout(last(images)))
        ? Optional.of(Axes.CHANNELS_LAST)
        : Optional.empty();
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

  private static void requireFit(Shape input, Shape laid, Shape images) {
    boolean flat = layout(input).size() <= 1 && input.size() == laid.size();
    if (flat || layout(input).equals(layout(laid))) {
      return;
    }
    if (layout(input).equals(layout(last(images))) || layout(input).equals(layout(images))) {
      throw new IllegalArgumentException(
          "the model reads %s, the images are fed as %s, the same values in another order; convert it again and say which by --axes"
              .formatted(input, laid));
    }
    throw new IllegalArgumentException(
        "the model reads %s, the images are %s; scale them or choose another model"
            .formatted(input, images));
  }

  private static Shape last(Shape images) {
    return Shape.of(images.dimension(1), images.dimension(2), images.dimension(0));
  }

  private static List<Integer> layout(Shape shape) {
    return shape.dimensions().stream().filter(extent -> extent > 1).toList();
  }

  private static float[] each(List<Float> values, int channels) {
    float[] all = new float[values.size() == 1 ? channels : values.size()];
    for (int channel = 0; channel < all.length; channel++) {
      all[channel] = values.get(values.size() == 1 ? 0 : channel);
    }
    return all;
  }
}
