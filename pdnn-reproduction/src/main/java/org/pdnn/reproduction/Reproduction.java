package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.names.Nearest;
import org.pdnn.report.Exhibit;

/// A figure or table of the paper, computed again.
public interface Reproduction {
  /// As on the command line: `fig6`.
  String name();

  /// As in the paper: `figure 6`.
  String place();

  /// What it shows, in a few words.
  String title();

  /// The numbers that the paper prints there, in its order.
  List<Claim> claims();

  /// Charts and tables like the paper's; ids begin with the name.
  List<Exhibit> exhibits();

  /// All that can be reproduced, in the order of the paper. A further one is a line here.
  static List<Reproduction> all() {
    return List.of(new Figure5(), new Figure6(), new Figure8(), new Table2());
  }

  /// Those of the names, each once; `all` is the name of all.
  ///
  /// @throws IllegalArgumentException if a name is none
  static List<Reproduction> named(List<String> names) {
    List<Reproduction> all = all();
    List<String> known = new ArrayList<>(all.stream().map(Reproduction::name).toList());
    known.add("all");
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "unknown figure '%s'%s; use %s"
                .formatted(name, Nearest.suggestion(name, known), String.join(", ", known)));
      }
    }
    return names.contains("all")
        ? all
        : all.stream().filter(one -> names.contains(one.name())).toList();
  }
}
