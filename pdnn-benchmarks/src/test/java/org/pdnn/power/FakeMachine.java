package org.pdnn.power;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A tree of counters and a time that move as a test says.
public final class FakeMachine implements Time {
  /// Of an AMD processor, in microjoules: 65.5 s at 1,000 W.
  public static final long RANGE = 65_532_610_987L;

  private static final String PACKAGE = "intel-rapl:0";

  private final Path tree;
  private final double idleWatts;
  private long nanoseconds;
  private long microjoules;

  public FakeMachine(Path tree, double idleWatts) {
    this.tree = tree;
    this.idleWatts = idleWatts;
  }

  /// One package whose counter shows so much.
  public static FakeMachine ofOnePackage(Path tree, double idleWatts, long microjoules) {
    FakeMachine machine = new FakeMachine(tree, idleWatts).zone(PACKAGE, "package-0", RANGE);
    machine.microjoules = microjoules;
    machine.show(PACKAGE, microjoules);
    return machine;
  }

  /// A counter at 0.
  FakeMachine zone(String folder, String name, long range) {
    write(folder, "name", name + "\n");
    write(folder, "max_energy_range_uj", range + "\n");
    return show(folder, 0);
  }

  FakeMachine show(String folder, long value) {
    return write(folder, "energy_uj", value + "\n");
  }

  FakeMachine write(String folder, String file, String text) {
    try {
      Files.writeString(Files.createDirectories(tree.resolve(folder)).resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  void pass(Duration time) {
    nanoseconds += time.toNanos();
  }

  /// Lets time pass while the package draws so much.
  public void work(Duration time, double watts) {
    pass(time);
    microjoules = (microjoules + Math.round(watts * time.toNanos() / 1e3)) % RANGE;
    show(PACKAGE, microjoules);
  }

  @Override
  public long nanoseconds() {
    return nanoseconds;
  }

  @Override
  public void sleep(Duration time) {
    work(time, idleWatts);
  }
}
