package org.pdnn.cli.train;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// What the held-out images said of a machine after each epoch.
///
/// @param epochs the first ones, in their order
record Course(List<After> epochs) {
  Course {
    epochs = List.copyOf(epochs);
  }

  /// One epoch.
  ///
  /// @param epoch from 1
  /// @param pseudoLogLikelihood in nats an image; empty if none is held out
  /// @param accuracy by least free energy; empty if none is held out, or the machine has no labels
  record After(int epoch, OptionalDouble pseudoLogLikelihood, OptionalDouble accuracy) {}

  Course with(After next) {
    List<After> all = new ArrayList<>(epochs);
    all.add(next);
    return new Course(all);
  }

  /// The accuracy after the last epoch.
  OptionalDouble accuracy() {
    return epochs.isEmpty() ? OptionalDouble.empty() : epochs.getLast().accuracy;
  }

  /// As a note of a checkpoint: `-70.3 0.95;-68.1 0.96`.
  String note() {
    return epochs.stream()
        .map(each -> text(each.pseudoLogLikelihood) + " " + text(each.accuracy))
        .collect(Collectors.joining(";"));
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? String.valueOf(value.getAsDouble()) : "-";
  }

  /// Reads a note, which the checksum of its file has found whole.
  static Course parse(String note) {
    Course course = new Course(List.of());
    for (String each : note.isEmpty() ? new String[0] : note.split(";", -1)) {
      String[] values = each.split(" ", -1);
      course =
          course.with(new After(course.epochs.size() + 1, number(values[0]), number(values[1])));
    }
    return course;
  }

  private static OptionalDouble number(String text) {
    return text.equals("-") ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
  }
}
