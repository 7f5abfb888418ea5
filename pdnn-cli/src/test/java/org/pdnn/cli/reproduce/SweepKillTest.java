package org.pdnn.cli.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.sweep.Entry;
import org.pdnn.sweep.Findings;

/// A sweep in a process of its own that is killed at any moment, and goes on.
///
/// `-Dpdnn.kills=50` kills more often than the default.
class SweepKillTest {
  private static final int KILLS = Integer.getInteger("pdnn.kills", 4);

  @TempDir private Path folder;

  private Process start(Path out) throws IOException {
    List<String> line =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.awt.headless=true",
            "-Dorg.bytedeco.javacpp.maxBytes=0",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
            "-cp",
            System.getProperty("java.class.path"),
            "org.pdnn.cli.Main",
            "reproduce",
            "randomness",
            "--budget",
            "tiny",
            "--data",
            "digits",
            "--out",
            out.toString());
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(out).toFile()))
        .start();
  }

  private static Path log(Path out) {
    return out.resolveSibling(out.getFileName() + ".log");
  }

  private void finish(Process process, Path out) throws IOException, InterruptedException {
    assertTrue(process.waitFor(10, TimeUnit.MINUTES), "the sweep hangs");
    assertEquals(0, process.exitValue(), Files.readString(log(out)));
  }

  /// What was found, without seconds and times.
  private static List<String> found(Path out) throws IOException {
    List<String> found = new ArrayList<>();
    for (Entry entry : Findings.read(out.resolve("randomness.jsonl")).entries()) {
      found.add(entry.recipe() + " " + entry.result());
    }
    return found;
  }

  /// Moments are uniform over the time that a whole sweep takes. However often it is killed, the
  /// table is that of a sweep that was not.
  @Test
  void aKilledSweepGivesTheSameTable() throws IOException, InterruptedException {
    Path whole = folder.resolve("whole");
    long begun = System.nanoTime();
    finish(start(whole), whole);
    long duration = System.nanoTime() - begun;

    Path out = folder.resolve("killed");
    Random random = new Random(1);
    // A machine that gets busier kills early: until a run has begun with what another one finished.
    for (int kills = 0; kills < KILLS || (kills < 5 * KILLS && !kept(out)); kills++) {
      Process process = start(out);
      if (process.waitFor((long) (duration * random.nextDouble()), TimeUnit.NANOSECONDS)) {
        break;
      }
      process.destroyForcibly().waitFor();
    }
    finish(start(out), out);
    assertEquals(found(whole), found(out));
    assertTrue(kept(out), "nothing was kept: the kills came too early to show anything");
  }

  private static boolean kept(Path out) throws IOException {
    return Files.readString(log(out)).lines().anyMatch(line -> line.matches(".* [1-9]\\d* kept.*"));
  }
}
