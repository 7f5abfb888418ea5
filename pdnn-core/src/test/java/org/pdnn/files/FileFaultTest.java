package org.pdnn.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class FileFaultTest {
  @Test
  void aPathAloneBecomesASentence() {
    assertEquals(
        "ro: no permission; choose another path, or change its permissions",
        FileFault.sentence(new AccessDeniedException("ro")));
    assertEquals(
        "x: it does not exist; check the path", FileFault.sentence(new NoSuchFileException("x")));
    assertEquals(
        "x: it is a file, not a folder", FileFault.sentence(new NotDirectoryException("x")));
    assertEquals("x: the system refuses", FileFault.sentence(new FileSystemException("x")));
  }

  @Test
  void theSystemsWordsGetARemedy() {
    assertEquals(
        "x: the disk is read-only; choose another path",
        FileFault.sentence(new FileSystemException("x", null, "Read-only file system")));
    assertEquals(
        "it is a folder; name a file", FileFault.sentence(new IOException("Is a directory")));
  }

  @Test
  void aSentenceStaysASentence() {
    assertEquals(
        "m has no weights; train it",
        FileFault.sentence(new IOException("m has no weights; train it")));
  }
}
