package org.pdnn.power;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.pdnn.energy.Joules;

/// A counter of energy: of a processor package, or of the memory beside it.
///
/// It counts microjoules up to its range, then from 0 again. A second time round between two
/// readings could not be seen, so they must not lie further apart than the range lasts.
final class Counter {
  /// More than any package draws; the largest of today are made for half of it.
  private static final Watts MOST = new Watts(1000);

  private final String name;
  private final Path file;
  private final long range;
  private final Attributes attributes;

  /// @param zone the counter's folder
  /// @throws IOException if it cannot be read, permission included
  Counter(String name, Path zone, Attributes attributes) throws IOException {
    this.name = name;
    this.file = zone.resolve("energy_uj");
    this.attributes = attributes;
    Path limit = zone.resolve("max_energy_range_uj");
    this.range = attributes.number(limit);
    if (range < 1) {
      throw new IOException("%s must be at least 1, got %s".formatted(limit, range));
    }
    microjoules();
  }

  String name() {
    return name;
  }

  /// What it shows.
  long microjoules() throws IOException {
    long microjoules = attributes.number(file);
    if (microjoules > range) {
      throw new IOException(
          "%s must be at most its range of %s, got %s".formatted(file, range, microjoules));
    }
    return microjoules;
  }

  /// The energy between two values. One below the first has gone round: the range is added, to
  /// within the counter's last digit.
  Joules between(long before, long after, Duration time) throws IOException {
    Joules most = MOST.during(time);
    if (most.compareTo(joules(range)) >= 0) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s may have gone round twice in %.1f s; measure shorter runs, of a smaller batch",
              file,
              time.toNanos() / 1e9));
    }
    Joules spent = joules(after - before + (after < before ? range : 0));
    if (spent.compareTo(most) > 0) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s went from %d to %d in %.1f s, which no package spends: it was reset, or does not"
                  + " count",
              file,
              before,
              after,
              time.toNanos() / 1e9));
    }
    return spent;
  }

  private static Joules joules(long microjoules) {
    return Joules.ofNanojoules(microjoules * 1e3);
  }
}
