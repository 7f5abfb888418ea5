package org.pdnn.power;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.energy.Joules;

class PowerCountersTest {
  private static final long RANGE = FakeMachine.RANGE;

  @TempDir private Path tree;
  private FakeMachine machine;

  @BeforeEach
  void start() {
    machine = new FakeMachine(tree, 0);
  }

  private PowerCounters open() throws IOException {
    return PowerCounters.open(tree, machine);
  }

  /// What an attempt is refused with.
  private static String sentence(Executable attempt) {
    String sentence = String.valueOf(assertThrows(IOException.class, attempt).getMessage());
    assertEquals(1, sentence.lines().count(), sentence);
    return sentence;
  }

  private String refused() {
    return sentence(this::open);
  }

  private static Joules microjoules(double microjoules) {
    return Joules.ofNanojoules(microjoules * 1000);
  }

  @Test
  void aPackageIsCounted() throws IOException {
    machine.zone("intel-rapl:0", "package-0", RANGE).show("intel-rapl:0", 1_000_000);
    PowerCounters counters = open();
    PowerCounters.Reading start = counters.read();
    machine.show("intel-rapl:0", 6_000_000).pass(Duration.ofSeconds(2));
    EnergySample spent = counters.since(start);
    assertEquals(new EnergySample(microjoules(5_000_000), Duration.ofSeconds(2)), spent);
    assertEquals(new Watts(2.5), spent.power());
    assertEquals(microjoules(2_000_000), spent.above(new Watts(1.5)));
    assertEquals(List.of("package-0"), counters.names());
  }

  @Test
  void packagesAreAdded() throws IOException {
    machine
        .zone("intel-rapl:0", "package-0", RANGE)
        .zone("intel-rapl:1", "package-1-die-0", RANGE)
        .zone("intel-rapl:2", "package-1-die-1", RANGE);
    PowerCounters counters = open();
    PowerCounters.Reading start = counters.read();
    machine.show("intel-rapl:0", 1).show("intel-rapl:1", 20).show("intel-rapl:2", 300);
    machine.pass(Duration.ofSeconds(1));
    assertEquals(microjoules(321), counters.since(start).energy());
  }

  /// What lies within a package, or holds it, or is the same seen by another interface.
  @Test
  void memoryIsAddedAndNothingIsCountedTwice() throws IOException {
    Files.createDirectories(tree.resolve("intel-rapl"));
    machine
        .zone("intel-rapl:0", "package-0", RANGE)
        .zone("intel-rapl:0:0", "core", RANGE)
        .zone("intel-rapl:0:1", "uncore", RANGE)
        .zone("intel-rapl:0:2", "dram", RANGE)
        .zone("intel-rapl:1", "psys", RANGE)
        .zone("intel-rapl:1:0", "dram", RANGE)
        .zone("intel-rapl-mmio:0", "package-0", RANGE)
        .zone("intel-rapl:10", "package-1", RANGE);
    assertEquals(List.of("package-0", "package-0 dram", "package-1"), open().names());
  }

  /// The kernel's folders are links.
  @Test
  void linksAreFollowed() throws IOException {
    new FakeMachine(tree.resolve("devices"), 0).zone("intel-rapl:0", "package-0", RANGE);
    Path shown = Files.createDirectory(tree.resolve("class"));
    Files.createSymbolicLink(shown.resolve("intel-rapl:0"), Path.of("../devices/intel-rapl:0"));
    assertEquals(List.of("package-0"), PowerCounters.open(shown, machine).names());
  }

  @Test
  void aCounterGoesRound() throws IOException {
    machine.zone("intel-rapl:0", "package-0", RANGE).show("intel-rapl:0", RANGE - 987);
    PowerCounters counters = open();
    PowerCounters.Reading start = counters.read();
    machine.show("intel-rapl:0", 1000).pass(Duration.ofSeconds(1));
    assertEquals(microjoules(1987), counters.since(start).energy());
  }

  /// 1,000 W fill a range of 2,000 J in two seconds.
  @Test
  void aSecondTimeRoundIsFeared() throws IOException {
    machine.zone("intel-rapl:0", "package-0", 2_000_000_000);
    PowerCounters counters = open();
    PowerCounters.Reading start = counters.read();
    machine.show("intel-rapl:0", 7).pass(Duration.ofMillis(1999));
    assertEquals(microjoules(7), counters.since(start).energy());
    machine.pass(Duration.ofMillis(1));
    assertEquals(
        tree.resolve("intel-rapl:0/energy_uj")
            + " may have gone round twice in 2.0 s; measure shorter runs, of a smaller batch",
        sentence(() -> counters.since(start)));
  }

  @Test
  void aCounterThatWasResetIsFoundOut() throws IOException {
    machine.zone("intel-rapl:0", "package-0", RANGE).show("intel-rapl:0", RANGE / 2);
    PowerCounters counters = open();
    PowerCounters.Reading start = counters.read();
    machine.show("intel-rapl:0", 0).pass(Duration.ofSeconds(1));
    String sentence = sentence(() -> counters.since(start));
    assertTrue(sentence.endsWith("it was reset, or does not count"), sentence);
  }

  /// Root may read what has no permission, so the refusal is that of a file system that says no.
  @Test
  void permissionIsExplained() {
    machine.zone("intel-rapl:0", "package-0", RANGE);
    Attributes refusing =
        file -> {
          if (file.endsWith("energy_uj")) {
            throw new AccessDeniedException(file.toString());
          }
          return Attributes.FILES.bytes(file);
        };
    assertEquals(
        "no permission to read %s/intel-rapl:0/energy_uj; run as root, or allow it by: sudo chmod a+r %s/intel-rapl:*/energy_uj"
            .formatted(tree, tree),
        sentence(() -> PowerCounters.open(tree, machine, refusing)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "empty", "file", "psys"})
  void noCountersAreASentence(String kind) throws IOException {
    Path place = tree.resolve(kind);
    switch (kind) {
      case "empty" -> Files.createDirectory(place);
      case "file" -> Files.writeString(place, "package-0");
      case "psys" -> new FakeMachine(place, 0).zone("intel-rapl:0", "psys", RANGE);
      default -> {}
    }
    assertEquals(
        "this machine has no power counters of a processor under " + place,
        sentence(() -> PowerCounters.open(place, machine)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "+1", "ten", "1e9", "0x10", "1 2", "1\n2", "٣", "1234567890123456789"})
  void valuesMustBeWholeNumbers(String text) {
    for (String file : List.of("energy_uj", "max_energy_range_uj")) {
      machine.zone("intel-rapl:0", "package-0", RANGE).write("intel-rapl:0", file, text);
      assertEquals(
          tree.resolve("intel-rapl:0").resolve(file) + " must be a whole number of 1 to 18 digits",
          refused());
    }
  }

  @Test
  void valuesMustLieInTheirRange() {
    machine.zone("intel-rapl:0", "package-0", 0);
    assertTrue(refused().endsWith("/max_energy_range_uj must be at least 1, got 0"));
    machine.zone("intel-rapl:0", "package-0", 8).show("intel-rapl:0", 9);
    assertTrue(refused().endsWith("/energy_uj must be at most its range of 8, got 9"));
  }

  @Test
  void noMoreIsReadThanALine() {
    for (String file : List.of("name", "energy_uj", "max_energy_range_uj")) {
      machine
          .zone("intel-rapl:0", "package-0", RANGE)
          .write("intel-rapl:0", file, "1".repeat(1 << 20));
      assertEquals(
          tree.resolve("intel-rapl:0").resolve(file) + " is longer than 64 bytes", refused());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "folder", "loop", "device"})
  void whatIsNoFileIsASentence(String kind) throws IOException {
    machine.zone("intel-rapl:0", "package-0", RANGE);
    Path file = tree.resolve("intel-rapl:0/energy_uj");
    Files.delete(file);
    switch (kind) {
      case "folder" -> Files.createDirectory(file);
      case "loop" -> Files.createSymbolicLink(file, file);
      case "device" -> Files.createSymbolicLink(file, Path.of("/dev/zero"));
      default -> {}
    }
    assertTrue(refused().contains(file.toString()));
    Files.deleteIfExists(file);
  }

  @Test
  void aCounterThatGoesAwayIsASentence() throws IOException {
    machine.zone("intel-rapl:0", "package-0", RANGE);
    PowerCounters counters = open();
    PowerCounters.Reading start = counters.read();
    machine.pass(Duration.ofSeconds(1));
    Path file = tree.resolve("intel-rapl:0/energy_uj");
    Files.delete(file);
    assertEquals(file + " does not exist", sentence(() -> counters.since(start)));
  }
}
