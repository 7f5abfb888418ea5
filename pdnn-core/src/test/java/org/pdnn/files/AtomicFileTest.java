package org.pdnn.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void putOldContent() throws IOException {
    file = Files.writeString(folder.resolve("model"), "old");
  }

  private static AtomicFile.Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private void assertFolderHolds(String... names) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of(names), files.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void newContentReplacesOld() throws IOException {
    AtomicFile.write(file, text("new"));
    assertEquals("new", Files.readString(file));
    assertFolderHolds("model");
  }

  @Test
  void foldersAreMade() throws IOException {
    Path deep = folder.resolve("a/b/c");
    AtomicFile.write(deep, text("new"));
    assertEquals("new", Files.readString(deep));
  }

  @Test
  void aFullDiskLeavesTheOldContentAndNothingElse() throws IOException {
    AtomicFile.Content full =
        out -> {
          out.write(new byte[1 << 20]);
          throw new IOException("No space left on device");
        };
    var e = assertThrows(IOException.class, () -> AtomicFile.write(file, full));
    assertEquals("cannot write " + file + ": No space left on device", e.getMessage());
    assertEquals("old", Files.readString(file));
    assertFolderHolds("model");
  }

  @Test
  void aWriterThatFailsLeavesTheOldContentAndNothingElse() throws IOException {
    AtomicFile.Content broken =
        out -> {
          out.write(1);
          throw new IllegalStateException("broken");
        };
    var e = assertThrows(IllegalStateException.class, () -> AtomicFile.write(file, broken));
    assertEquals("broken", e.getMessage());
    assertEquals("old", Files.readString(file));
    assertFolderHolds("model");
  }

  @Test
  void aFolderIsNotAFile() {
    var e = assertThrows(IOException.class, () -> AtomicFile.write(folder, text("new")));
    assertEquals(folder + " is a folder; name a file", e.getMessage());
    Path root = file.toAbsolutePath().getRoot();
    assertThrows(IOException.class, () -> AtomicFile.write(root, text("new")));
  }

  @Test
  void aFileIsNotAFolder() throws IOException {
    Path below = file.resolve("new");
    IOException e = assertThrows(IOException.class, () -> AtomicFile.write(below, text("new")));
    assertEquals(
        "cannot write %s: %s is a file, not a folder; choose another folder".formatted(below, file),
        e.getMessage());
    Path deeper = below.resolve("x/y");
    e = assertThrows(IOException.class, () -> AtomicFile.write(deeper, text("new")));
    assertEquals(
        "cannot write %s: %s is a file, not a folder; choose another folder"
            .formatted(deeper, file),
        e.getMessage());
    assertEquals("old", Files.readString(file));
    assertFolderHolds("model");
  }

  @Test
  void aFolderWithoutPermissionIsNamed() throws IOException {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    locked.toFile().setWritable(false);
    try {
      assumeFalse(Files.isWritable(locked), "this user may write everywhere");
      Path inside = locked.resolve("new");
      var e = assertThrows(IOException.class, () -> AtomicFile.write(inside, text("new")));
      assertEquals(
          "cannot write " + inside + ": no permission; choose another folder", e.getMessage());
    } finally {
      locked.toFile().setWritable(true);
    }
  }

  @Test
  void anInterruptWaitsUntilTheFileIsWhole() throws IOException {
    Thread.currentThread().interrupt();
    AtomicFile.write(file, text("before"));
    assertTrue(Thread.interrupted());
    assertEquals("before", Files.readString(file));
    AtomicInteger attempts = new AtomicInteger();
    AtomicFile.write(
        file,
        out -> {
          out.write("with".getBytes(StandardCharsets.UTF_8));
          if (attempts.incrementAndGet() == 1) {
            Thread.currentThread().interrupt();
          }
          out.write("in".getBytes(StandardCharsets.UTF_8));
        });
    assertTrue(Thread.interrupted());
    assertEquals(2, attempts.get());
    assertEquals("within", Files.readString(file));
    assertFolderHolds("model");
  }

  @Test
  void whatAKilledWriterLeftIsRemoved() throws IOException {
    long living = ProcessHandle.current().pid();
    Files.writeString(folder.resolve(".model.999999999-3.part"), "ha");
    Files.writeString(folder.resolve(".other.999999999-3.part"), "ha");
    Files.writeString(folder.resolve(".model.%d-0.part".formatted(living)), "ha");
    AtomicFile.write(file, text("new"));
    assertFolderHolds(".model.%d-0.part".formatted(living), ".other.999999999-3.part", "model");
    AtomicFile.removeLeftovers(folder);
    assertFolderHolds(".model.%d-0.part".formatted(living), "model");
  }

  @Test
  void threadsThatWriteTheSameFileDoNotMix() throws IOException {
    int size = 100_000;
    IntStream.range(0, 16)
        .parallel()
        .forEach(writer -> {
          try {
            AtomicFile.write(file, text(String.valueOf((char) ('a' + writer)).repeat(size)));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    String content = Files.readString(file);
    assertEquals(size, content.length());
    assertEquals(1, content.chars().distinct().count());
    assertFolderHolds("model");
  }
}
