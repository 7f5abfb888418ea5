package org.pdnn.report;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Which colour each subject of a report has. Ten subjects have colours of their own; further ones
/// take a colour that nothing beside them has in any figure, and only where ten others stand beside
/// them the colour of one of those, with another marker.
final class Colours {
  /// As many as look.js has.
  static final int COUNT = 10;

  private final Map<String, Integer> slots = new LinkedHashMap<>();
  private final int[] uses = new int[COUNT];

  private Colours() {}

  /// The slots of all subjects: slot i has colour i modulo [#COUNT], and the marker tells slots of
  /// one colour apart.
  static Map<String, Integer> of(List<Figure> figures) {
    Map<String, Set<String>> beside = new LinkedHashMap<>();
    for (Figure figure : figures) {
      List<String> subjects =
          figure.series().stream()
              .filter(series -> !(series instanceof Series.Steps))
              .map(Series::subject)
              .distinct()
              .toList();
      subjects.forEach(
          subject -> beside.computeIfAbsent(subject, _ -> new HashSet<>()).addAll(subjects));
    }
    Colours colours = new Colours();
    beside.forEach(colours::give);
    return colours.slots;
  }

  private void give(String subject, Set<String> beside) {
    Set<Integer> taken = new HashSet<>();
    beside.forEach(other -> taken.add(slots.getOrDefault(other, -1) % COUNT));
    boolean free = IntStream.range(0, COUNT).anyMatch(colour -> !taken.contains(colour));
    int least = -1;
    for (int colour = 0; colour < COUNT; colour++) {
      boolean open = !free || !taken.contains(colour);
      if (open && (least < 0 || uses[colour] < uses[least])) {
        least = colour;
      }
    }
    slots.put(subject, least + (free ? 0 : COUNT * uses[least]));
    uses[least]++;
  }
}
