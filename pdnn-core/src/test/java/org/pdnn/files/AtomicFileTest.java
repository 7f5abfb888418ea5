package org.pdnn.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
    assertEquals(
        "cannot write " + file + ": the disk is full; make room or choose another", e.getMessage());
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

  @Test
  void theHashIsOfWhatWasWritten() throws IOException {
    assertEquals(
        "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437",
        AtomicFile.write(file, text("new")));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linksAreFollowed() throws IOException {
    Path near = Files.createSymbolicLink(folder.resolve("near"), Path.of("model"));
    Path far = Files.createSymbolicLink(folder.resolve("far"), Path.of("near"));
    AtomicFile.write(far, text("new"));
    assertTrue(Files.isSymbolicLink(far));
    assertTrue(Files.isSymbolicLink(near));
    assertFalse(Files.isSymbolicLink(file));
    assertEquals("new", Files.readString(file));
    assertFolderHolds("far", "model", "near");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLinkToNothingGetsItsFile() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("deep/er/x"));
    AtomicFile.write(link, text("new"));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(folder.resolve("deep/er/x")));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linksInACircleAreNamed() throws IOException {
    Path one = Files.createSymbolicLink(folder.resolve("one"), Path.of("two"));
    Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
    var e = assertThrows(IOException.class, () -> AtomicFile.write(one, text("new")));
    assertEquals("cannot write " + one + ": its links lead in a circle", e.getMessage());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theModeOfAnOldFileIsKept() throws IOException {
    for (String mode : List.of("rw-------", "rw-rw-rw-", "rwxr-x--x")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      AtomicFile.write(file, text("new"));
      assertEquals(mode, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeIsWrittenIntoAndStaysAPipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Process reader = new ProcessBuilder("cat", pipe.toString()).start();
    AtomicFile.requireWritable(pipe);
    AtomicFile.write(pipe, text("new"));
    assertEquals("new", new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertTrue(Files.exists(pipe) && !Files.isRegularFile(pipe));
    assertFolderHolds("model", "pipe");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aDeviceStaysADevice() throws IOException {
    Path device = Path.of("/dev/null");
    AtomicFile.write(device, text("new"));
    assertTrue(Files.exists(device) && !Files.isRegularFile(device));
  }

  @Test
  void whetherAFileCanBeWrittenIsKnownBefore() throws IOException {
    assertTrue(AtomicFile.requireWritable(file));
    assertFalse(AtomicFile.requireWritable(folder.resolve("a/b/c")));
    assertFolderHolds("model");
    assertEquals("old", Files.readString(file));
    var isFolder = assertThrows(IOException.class, () -> AtomicFile.requireWritable(folder));
    assertEquals(folder + " is a folder; name a file", isFolder.getMessage());
    Path below = file.resolve("x/y");
    var isFile = assertThrows(IOException.class, () -> AtomicFile.requireWritable(below));
    assertEquals(
        "cannot write %s: %s is a file, not a folder; choose another folder".formatted(below, file),
        isFile.getMessage());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatCannotBeMadeIsKnownBefore() {
    Path file = Path.of("/proc/pdnn/x");
    var e = assertThrows(IOException.class, () -> AtomicFile.requireWritable(file));
    assertEquals("cannot write /proc/pdnn/x: there is no such stream", e.getMessage());
  }
}
