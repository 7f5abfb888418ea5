package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.cli.option.ExitCode;
import org.pdnn.network.Model;

/// Training in a process of its own that is killed, as by a power cut or an impatient user.
///
/// `-Dpdnn.kills=50` kills more often than the default.
class KillTest {
  private static final int KILLS = Integer.getInteger("pdnn.kills", 5);
  private static final int SIGINT = 2;

  @TempDir Path folder;
  private Path data = Path.of("data");

  @BeforeEach
  void drawDigits() throws IOException {
    data = SmallFiles.digits(folder.resolve("data"), 3000, 1);
  }

  private Process start(Path out, String... more) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Dorg.bytedeco.javacpp.maxBytes=0",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                "org.pdnn.cli.Main",
                "train",
                "--data",
                data.toString(),
                "--network",
                "mlp:784-64-10",
                "--samples",
                "2",
                "--checkpoint-seconds",
                "0",
                "--out",
                out.toString()));
    line.addAll(List.of(more));
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(out).toFile()))
        .start();
  }

  private static Path log(Path out) {
    return out.resolveSibling(out.getFileName() + ".log");
  }

  private static Path checkpoints(Path out) {
    return out.resolveSibling(out.getFileName() + ".checkpoints");
  }

  private void finish(Process process, Path out) throws IOException, InterruptedException {
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), "the run hangs");
    assertEquals(0, process.exitValue(), Files.readString(log(out)));
  }

  /// Moments are uniform over the time that a whole run takes. A run that ends before its moment
  /// has its weights compared, and another begins.
  @Test
  void aKilledRunIsResumedToTheSameBytes() throws IOException, InterruptedException {
    Path whole = folder.resolve("whole.safetensors");
    long begun = System.nanoTime();
    finish(start(whole, "--epochs", "3"), whole);
    long duration = System.nanoTime() - begun;

    Random random = new Random(1);
    int kills = 0;
    for (int story = 0; kills < KILLS; story++) {
      Path out = folder.resolve("story-%d.safetensors".formatted(story));
      boolean ended = false;
      while (!ended) {
        Process process = start(out, "--epochs", "3", "--resume");
        long moment = (long) (duration * random.nextDouble());
        if (kills == KILLS || process.waitFor(moment, TimeUnit.NANOSECONDS)) {
          finish(process, out);
          ended = true;
        } else {
          process.destroyForcibly().waitFor();
          kills++;
          assertNothingIsHalfWritten(out);
        }
      }
      assertEquals(-1, Files.mismatch(whole, out), Files.readString(log(out)));
      assertFalse(Files.exists(checkpoints(out)), "checkpoints of a finished run");
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of(),
          files.filter(file -> file.getFileName().toString().endsWith(".part")).toList());
    }
  }

  private static void assertNothingIsHalfWritten(Path out) throws IOException {
    if (Files.exists(out)) {
      Model.read(out);
    }
    if (Files.exists(checkpoints(out))) {
      try (Stream<Path> files = Files.list(checkpoints(out))) {
        List<Path> whole =
            files.filter(file -> file.getFileName().toString().startsWith("checkpoint-")).toList();
        for (Path file : whole) {
          Model.read(file);
        }
        // A third is there between the rename of a new one and the removal of an old one.
        assertTrue(whole.size() <= 3, whole.toString());
      }
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anInterruptEndsWithACheckpointAndItsOwnCode() throws IOException, InterruptedException {
    assumeTrue(interruptsAreHeard(), "started where interrupts are ignored, as by nohup");
    Path out = folder.resolve("interrupted.safetensors");
    Process process = start(out, "--epochs", "1000");
    while (!hasCheckpoint(out)) {
      assertFalse(process.waitFor(20, TimeUnit.MILLISECONDS), Files.readString(log(out)));
    }
    long begun = System.nanoTime();
    assertEquals(0, new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor());
    assertTrue(process.waitFor(1, TimeUnit.MINUTES), "the run goes on");
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
    String said = Files.readString(log(out));
    assertEquals(ExitCode.INTERRUPTED, process.exitValue(), said);
    assertTrue(
        said.lines().anyMatch(line -> line.matches(".*training was interrupted after step \\d+")),
        said);
    assertTrue(seconds < 9, "it took %d s to stop".formatted(seconds));
    assertTrue(hasCheckpoint(out));
    assertFalse(Files.exists(out));
    assertNothingIsHalfWritten(out);
  }

  private static boolean hasCheckpoint(Path out) throws IOException {
    if (!Files.isDirectory(checkpoints(out))) {
      return false;
    }
    try (Stream<Path> files = Files.list(checkpoints(out))) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("checkpoint-"));
    }
  }

  /// Children inherit what is ignored; elsewhere than on Linux this cannot be asked.
  private static boolean interruptsAreHeard() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return true;
    }
    return Files.readAllLines(status, StandardCharsets.UTF_8).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
        .noneMatch(ignored -> (ignored >> (SIGINT - 1) & 1) == 1);
  }
}
