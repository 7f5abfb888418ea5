package org.pdnn.circuit.synthesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolTest {
  @Test
  void aMissingProgramIsOneSentenceWithTheRemedy() {
    assertEquals(
        "nextpnr-ice40 is not installed; install it (on Debian: apt-get install nextpnr-ice40) and"
            + " put it on the PATH",
        Tool.NEXTPNR_ICE40.missing());
    assertEquals(
        "vvp is not installed; install it (on Debian: apt-get install iverilog) and put it on the"
            + " PATH",
        Tool.ICARUS_RUNTIME.missing());
  }

  @Test
  void aProgramThatFailsSaysWhy(@TempDir Path folder) {
    Path program = Path.of(System.getProperty("java.home"), "bin", "java");
    var e =
        assertThrows(
            IOException.class,
            () ->
                Tool.run(
                    "java",
                    folder,
                    Duration.ofMinutes(1),
                    List.of(program.toString(), "NoSuchProgram; touch made")));
    assertTrue(e.toString().contains("java failed: Error: "), e.toString());
    assertFalse(Files.exists(folder.resolve("made")));
  }

  @Test
  void aProgramThatTakesTooLongIsEnded(@TempDir Path folder) throws Exception {
    Path source =
        Files.writeString(
            folder.resolve("Sleep.java"),
            """
            class Sleep {
              public static void main(String[] words) throws Exception {
                Thread.sleep(100_000);
              }
            }
            """);
    Path program = Path.of(System.getProperty("java.home"), "bin", "java");
    var e =
        assertThrows(
            IOException.class,
            () ->
                Tool.run(
                    "java",
                    folder,
                    Duration.ofMillis(100),
                    List.of(program.toString(), source.toString())));
    assertEquals(
        "java was not done after 0.1 seconds; allow more time or make the circuit smaller",
        e.getMessage());
  }

  @Test
  void aFolderIsRemovedWithItsFiles() throws IOException {
    Path path;
    try (Folder folder = new Folder()) {
      path = folder.path();
      Files.writeString(Files.createDirectory(path.resolve("inner")).resolve("file"), "text");
    }
    assertFalse(Files.exists(path));
  }
}
