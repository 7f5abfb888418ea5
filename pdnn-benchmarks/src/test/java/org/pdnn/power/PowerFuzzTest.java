package org.pdnn.power;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever the files hold, there is an energy or a sentence.
class PowerFuzzTest {
  private static final int TREES = 5000;

  private static final List<String> TEXTS =
      List.of(
          "package-0",
          "package-1",
          "dram",
          "psys",
          "",
          "0\n",
          "5",
          "7 ",
          "-3",
          "1e3",
          "262143328850",
          "999999999999999999",
          "9223372036854775807",
          "\0",
          "é",
          "1".repeat(70));

  @Test
  void anyTreeIsCountedOrRefused(@TempDir Path tree) throws IOException {
    Random random = new Random(1);
    for (String zone : List.of("intel-rapl:0", "intel-rapl:0:0", "intel-rapl:1", "intel-rapl:2")) {
      Files.createDirectory(tree.resolve(zone));
    }
    Attributes hostile =
        file -> {
          String likely =
              file.endsWith("name") ? "package-0" : file.endsWith("energy_uj") ? "5" : "100000000";
          int choice = random.nextInt(4 * TEXTS.size());
          if (choice == TEXTS.size()) {
            throw new NoSuchFileException(file.toString());
          }
          String text = choice < TEXTS.size() ? TEXTS.get(choice) : likely;
          return text.getBytes(StandardCharsets.UTF_8);
        };
    int counted = 0;
    for (int i = 0; i < TREES; i++) {
      FakeMachine time = new FakeMachine(tree, 0);
      try {
        PowerCounters counters = PowerCounters.open(tree, time, hostile);
        PowerCounters.Reading start = counters.read();
        time.pass(Duration.ofMillis(1));
        EnergySample spent = counters.since(start);
        assertTrue(spent.energy().picojoules() >= 0, spent.toString());
        assertTrue(spent.power().watts() <= 1000 * counters.names().size(), spent.toString());
        counted++;
      } catch (IOException e) {
        String sentence = String.valueOf(e.getMessage());
        assertTrue(sentence.contains(tree.toString()), sentence);
        assertEquals(1, sentence.lines().count(), sentence);
      }
    }
    assertTrue(counted > TREES / 100 && counted < TREES / 2, counted + " were counted");
  }
}
