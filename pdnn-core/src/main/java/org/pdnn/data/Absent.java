package org.pdnn.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pdnn.names.Printable;

/// What a set's note says of classes that a part of it lacks.
final class Absent {
  /// Classes that a note names.
  private static final int NAMED = 10;

  private Absent() {}

  /// @param part `training` or `test`
  static List<String> notes(String part, Images images) {
    boolean[] shown = new boolean[images.classes()];
    IntStream.range(0, images.count()).forEach(i -> shown[images.label(i)] = true);
    int[] absent = IntStream.range(0, shown.length).filter(label -> !shown[label]).toArray();
    if (absent.length == 0) {
      return List.of();
    }
    String named =
        Arrays.stream(absent)
            .limit(NAMED)
            .mapToObj(label -> Printable.of(images.classNames().get(label)))
            .collect(Collectors.joining(", "));
    String rest = absent.length > NAMED ? " and %s more".formatted(absent.length - NAMED) : "";
    return List.of("There are no %s images of %s%s.".formatted(part, named, rest));
  }
}
