package org.pdnn.cli.tradeoff;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Files without the folders that they share: each by the last parts of its path that tell it from
/// the others.
final class ShortNames {
  private ShortNames() {}

  static Map<String, String> of(Collection<String> paths) {
    List<String> distinct = paths.stream().distinct().toList();
    int most = distinct.stream().mapToInt(path -> parts(path).length).max().orElse(1);
    Map<String, String> names = new HashMap<>();
    for (int parts = 1; parts <= most; parts++) {
      int kept = parts;
      names.clear();
      distinct.forEach(path -> names.put(path, last(path, kept)));
      if (names.values().stream().distinct().count() == distinct.size()) {
        break;
      }
    }
    return names;
  }

  private static String[] parts(String path) {
    return path.split("[/\\\\]+", -1);
  }

  private static String last(String path, int count) {
    String[] parts = parts(path);
    return String.join(
        "/", List.of(parts).subList(Math.max(0, parts.length - count), parts.length));
  }
}
