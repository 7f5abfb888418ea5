package org.pdnn.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFileTest {
  @TempDir Path folder;

  @Test
  void linesAreAddedAndAnUnfinishedOneGetsItsEnd() throws IOException {
    Path file = folder.resolve("deep/lines");
    LineFile.append(file, "a\n");
    LineFile.append(file, "b");
    LineFile.append(file, "c\nd\n");
    assertEquals("a\nb\nc\nd\n", Files.readString(file));
    assertEquals("a", LineFile.first(file).orElseThrow());
  }

  @Test
  void aFolderIsNamed() {
    var e = assertThrows(IOException.class, () -> LineFile.append(folder, "a\n"));
    assertEquals(folder + " is a folder; name a file", e.getMessage());
  }

  @Test
  void anInterruptIsPutOff() throws IOException {
    Path file = folder.resolve("lines");
    Thread.currentThread().interrupt();
    LineFile.append(file, "a\n");
    assertEquals(true, Thread.interrupted());
    assertEquals("a\n", Files.readString(file));
  }

  /// Three processes of four threads, fifty lines each.
  @Test
  void severalWritersLoseNoLine() throws Exception {
    Path file = folder.resolve("lines");
    List<Process> others = new ArrayList<>();
    for (String name : List.of("p", "q")) {
      others.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Elsewhere.class.getName(),
                  file.toString(),
                  name)
              .inheritIO()
              .start());
    }
    Elsewhere.write(file, "r");
    for (Process other : others) {
      assertEquals(0, other.waitFor());
    }
    Set<String> expected = new HashSet<>();
    for (String name : List.of("p", "q", "r")) {
      IntStream.range(0, 200).forEach(i -> expected.add(name + i + "-".repeat(5000)));
    }
    List<String> lines = Files.readAllLines(file);
    assertEquals(600, lines.size());
    assertEquals(expected, new HashSet<>(lines));
  }

  /// Another process.
  static final class Elsewhere {
    private Elsewhere() {}

    public static void main(String[] args) {
      write(Path.of(args[0]), args[1]);
    }

    private static void write(Path file, String name) {
      IntStream.range(0, 200)
          .parallel()
          .forEach(i -> {
            try {
              LineFile.append(file, name + i + "-".repeat(5000) + "\n");
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
    }
  }
}
