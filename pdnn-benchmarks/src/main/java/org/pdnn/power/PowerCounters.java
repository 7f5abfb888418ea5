package org.pdnn.power;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.pdnn.energy.Joules;

/// The energy of all processor packages and of the memory beside them, as the kernel shows it
/// (RAPL; AMD's processors are there under Intel's name).
///
/// Folders `intel-rapl:N` called `package-*` are added, and their `intel-rapl:N:M` called `dram`.
/// Cores and graphics are within their package; `psys`, the whole board, holds the packages.
public final class PowerCounters {
  /// Where Linux shows them.
  public static final String TREE = "/sys/class/powercap";

  private final List<Counter> counters;
  private final Time time;

  private PowerCounters(List<Counter> counters, Time time) {
    this.counters = counters;
    this.time = time;
  }

  /// A moment.
  ///
  /// @param nanoseconds since some moment in the past
  /// @param microjoules what each counter showed
  public record Reading(long nanoseconds, List<Long> microjoules) {
    public Reading {
      microjoules = List.copyOf(microjoules);
    }
  }

  /// Finds the counters and reads each once.
  ///
  /// @param tree as [#TREE]
  /// @throws IOException in one sentence if there are none, or if one cannot be read
  public static PowerCounters open(Path tree, Time time) throws IOException {
    return open(tree, time, Attributes.FILES);
  }

  static PowerCounters open(Path tree, Time time, Attributes attributes) throws IOException {
    List<Counter> counters = new ArrayList<>();
    List<Path> zones = zones(tree);
    for (Path zone : zones) {
      String name = attributes.text(zone.resolve("name"));
      if (!name.matches("package-[0-9]+(-die-[0-9]+)?")) {
        continue;
      }
      counters.add(new Counter(name, zone, attributes));
      for (Path inner : zones) {
        if (inner.getFileName().toString().startsWith(zone.getFileName() + ":")
            && attributes.text(inner.resolve("name")).equals("dram")) {
          counters.add(new Counter(name + " dram", inner, attributes));
        }
      }
    }
    if (counters.isEmpty()) {
      throw new IOException("this machine has no power counters of a processor under " + tree);
    }
    return new PowerCounters(List.copyOf(counters), time);
  }

  private static List<Path> zones(Path tree) throws IOException {
    if (!Files.isDirectory(tree)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(tree)) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("intel-rapl:[0-9]+(:[0-9]+)?"))
          .sorted()
          .toList();
    } catch (AccessDeniedException e) {
      throw new IOException("no permission to list " + tree, e);
    }
  }

  /// What is counted, as in `package-0` and `package-0 dram`.
  public List<String> names() {
    return counters.stream().map(Counter::name).toList();
  }

  /// Reads all counters.
  public Reading read() throws IOException {
    long now = time.nanoseconds();
    List<Long> microjoules = new ArrayList<>();
    for (Counter counter : counters) {
      microjoules.add(counter.microjoules());
    }
    return new Reading(now, microjoules);
  }

  /// Energy and time since a reading.
  ///
  /// @throws IOException if a counter went away, or may have gone round more than once
  public EnergySample since(Reading start) throws IOException {
    Reading end = read();
    Duration passed = Duration.ofNanos(end.nanoseconds() - start.nanoseconds());
    Joules energy = Joules.ZERO;
    for (int i = 0; i < counters.size(); i++) {
      Joules more =
          counters.get(i).between(start.microjoules().get(i), end.microjoules().get(i), passed);
      energy = energy.plus(more);
    }
    return new EnergySample(energy, passed);
  }
}
