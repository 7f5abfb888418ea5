package org.pdnn.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InputFileTest {
  @TempDir Path folder;

  private static String fault(Path path) {
    return String.valueOf(
        assertThrows(IOException.class, () -> InputFile.read(path, "model file", 3)).getMessage());
  }

  @Test
  void theHashIsOfTheBytesThatWereRead() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "abc");
    InputFile read = InputFile.read(file, "model file", 3);
    Files.writeString(file, "xyz");
    assertArrayEquals(new byte[] {'a', 'b', 'c'}, read.bytes());
    // FIPS 180-2, appendix B.1
    assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", read.sha256());
  }

  @Test
  void aLongerFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "abcd");
    assertEquals(file + " is longer than 3 bytes, more than a model file holds", fault(file));
  }

  @Test
  void whatIsNoFileIsNamed() {
    assertEquals(folder + " is a folder; name a model file", fault(folder));
    Path missing = folder.resolve("missing");
    assertEquals(missing + " does not exist; check the path", fault(missing));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void pipesAndDevicesAreRefusedAtOnce() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertEquals(pipe + " is a pipe or device; name a model file, or /dev/stdin", fault(pipe));
    Path zero = Path.of("/dev/zero");
    assertEquals(zero + " is a pipe or device; name a model file, or /dev/stdin", fault(zero));
  }

  @Test
  void anInterruptDoesNotEndTheReading() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "abc");
    Thread.currentThread().interrupt();
    assertEquals(3, InputFile.read(file, "model file", 3).bytes().length);
    assertTrue(Thread.interrupted());
  }
}
