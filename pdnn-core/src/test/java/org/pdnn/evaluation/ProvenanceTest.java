package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {
  @Test
  void theHashIsThatOfFips180(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("abc"), "abc");
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        Provenance.sha256(file));
  }

  @Test
  void theEnvironmentKnowsItself() {
    Environment here = Environment.here();
    assertTrue(here.version().matches("\\d+\\.\\d+\\.\\d+.*"), here.version());
    assertTrue(here.jdk().startsWith("25"));
    assertFalse(here.cpu().isBlank());
  }
}
