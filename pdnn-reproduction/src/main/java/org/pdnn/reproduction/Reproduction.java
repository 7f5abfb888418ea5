package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import org.pdnn.report.Item;

/// A figure or table of the paper, computed again.
public final class Reproduction {
  /// What is computed at once, by name, in the order of the paper. A further one is a line here.
  private static final SequencedMap<String, Supplier<Reproduction>> COMPUTED =
      new LinkedHashMap<>();

  static {
    COMPUTED.put("fig5", Figure5::computed);
    COMPUTED.put("fig6", Figure6::computed);
    COMPUTED.put("fig8", Figure8::computed);
    COMPUTED.put("table2", Table2::computed);
  }

  private final String name;
  private final String title;
  private final String heading;
  private final boolean besideThePaper;
  private final List<Claim> claims = new ArrayList<>();
  private final List<Ordering> orderings = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final List<Item> items = new ArrayList<>();

  /// @param name as on the command line: `fig6`
  /// @param place as in the paper: `figure 6`
  /// @param title what it shows, in a few words
  Reproduction(String name, String place, String title) {
    this(name, title, "The paper's %s: %s".formatted(place, title), true);
  }

  /// @param besideThePaper whether the paper's numbers are of the same data, and may stand beside
  ///   ours
  Reproduction(String name, String title, String heading, boolean besideThePaper) {
    this.name = name;
    this.title = title;
    this.heading = heading;
    this.besideThePaper = besideThePaper;
  }

  /// The names of what is computed at once.
  public static Set<String> names() {
    return Collections.unmodifiableSet(COMPUTED.keySet());
  }

  /// Computes one of [#names].
  public static Reproduction of(String name) {
    return Objects.requireNonNull(COMPUTED.get(name), name).get();
  }

  Reproduction claim(List<Claim> more) {
    claims.addAll(more);
    return this;
  }

  void order(Ordering one) {
    orderings.add(one);
  }

  Reproduction remark(String... sentences) {
    remarks.addAll(List.of(sentences));
    return this;
  }

  Reproduction add(Item item) {
    items.add(item);
    return this;
  }

  boolean besideThePaper() {
    return besideThePaper;
  }

  /// The words where the paper's numbers stand beside ours, else none.
  String ifBesideThePaper(String words) {
    return besideThePaper ? words : "";
  }

  /// As on the command line: `fig6`.
  public String name() {
    return name;
  }

  /// What it shows, in a few words.
  public String title() {
    return title;
  }

  /// The line above its numbers.
  public String heading() {
    return heading;
  }

  /// The numbers that the paper prints there, in its order. None of an experiment that was trained
  /// for another time than the paper's: numbers can be compared then, but not be reproduced.
  public List<Claim> claims() {
    return List.copyOf(claims);
  }

  /// What must be larger than what; empty where the paper is all numbers.
  public List<Ordering> orderings() {
    return List.copyOf(orderings);
  }

  /// What a reader should know of how it was computed: one sentence each.
  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  /// Charts and tables like the paper's; ids begin with the name.
  public List<Item> items() {
    return List.copyOf(items);
  }
}
