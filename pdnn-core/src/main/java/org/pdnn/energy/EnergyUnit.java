package org.pdnn.energy;

import java.util.Arrays;

/// A unit to write energies in.
public enum EnergyUnit {
  FEMTOJOULE("fJ", 1e-3),
  PICOJOULE("pJ", 1),
  NANOJOULE("nJ", 1e3),
  MICROJOULE("uJ", 1e6),
  MILLIJOULE("mJ", 1e9),
  JOULE("J", 1e12);

  private final String symbol;
  private final double picojoules;

  EnergyUnit(String symbol, double picojoules) {
    this.symbol = symbol;
    this.picojoules = picojoules;
  }

  /// The one unit for energies that go up to `largest`: it has at least three digits before the
  /// point, so that its parts have some, too.
  public static EnergyUnit of(Joules largest) {
    return Arrays.stream(values())
        .dropWhile(unit -> unit != PICOJOULE)
        .filter(unit -> largest.picojoules() >= 100 * unit.picojoules)
        .reduce(PICOJOULE, (_, larger) -> larger);
  }

  /// How many of this unit an energy is.
  public double count(Joules energy) {
    return energy.picojoules() / picojoules;
  }

  double picojoules() {
    return picojoules;
  }

  /// In ASCII, as in `uJ`.
  public String symbol() {
    return symbol;
  }
}
