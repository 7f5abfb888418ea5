package org.pdnn.reproduction;

import java.util.List;
import org.pdnn.report.Exhibit;

/// A figure or table of the paper, computed again.
public interface Reproduction {
  /// As on the command line: `fig6`.
  String name();

  /// As in the paper: `figure 6`; empty for what goes beyond it.
  String place();

  /// What it shows, in a few words.
  String title();

  /// The line above its numbers.
  default String heading() {
    return "The paper's %s: %s".formatted(place(), title());
  }

  /// The numbers that the paper prints there, in its order.
  List<Claim> claims();

  /// What must be larger than what; empty where the paper is all numbers.
  default List<Ordering> orderings() {
    return List.of();
  }

  /// What a reader should know of how it was computed: one sentence each.
  default List<String> remarks() {
    return List.of();
  }

  /// Charts and tables like the paper's; ids begin with the name.
  List<Exhibit> items();

  /// All that can be reproduced, in the order of the paper. A further one is a line here.
  static List<Reproduction> all() {
    return List.of(new Figure5(), new Figure6(), new Figure8(), new Table2());
  }
}
