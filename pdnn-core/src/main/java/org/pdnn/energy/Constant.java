package org.pdnn.energy;

import java.util.Locale;

/// The energy of one operation in one technology, and where the number comes from.
///
/// @param operation what is done once
/// @param energy what that takes, 0 to 1 uJ
/// @param source who published the number
/// @param page where to find it there: a page, figure or table
public record Constant(Operation operation, Joules energy, String source, String page) {
  /// No single operation of a digital circuit costs more: reading 64 bits of DRAM takes some nJ.
  static final Joules LARGEST = Joules.ofNanojoules(1000);

  public Constant {
    if (energy.compareTo(Joules.ZERO) < 0 || energy.compareTo(LARGEST) > 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "constant '%s' (%s) must be 0 to %.0f %s, got %s",
              operation.key(),
              operation.symbol(),
              LARGEST.picojoules(),
              operation.unit(),
              energy.picojoules()));
    }
    require(operation, "source", source);
    require(operation, "page", page);
  }

  private static void require(Operation operation, String name, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "constant '%s' needs a %s".formatted(operation.key(), name));
    }
  }

  /// The unit in which technology files and reports give the energy: `pJ` or `pJ/bit`.
  public String unit() {
    return operation.unit();
  }

  /// As in `weightBit (e_wM) = 0.0384 pJ/bit`.
  @Override
  public String toString() {
    return "%s (%s) = %s %s"
        .formatted(operation.key(), operation.symbol(), energy.picojoules(), unit());
  }
}
