package org.pdnn.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.evaluation.Correctness;

class AnswersTest {
  @TempDir private Path folder;

  /// Two points, one seed, ten inputs: two bytes a row.
  private static final byte[] FILE =
      ByteBuffer.allocate(16)
          .putInt(2)
          .putInt(1)
          .putInt(10)
          .put(new byte[] {0b101, 0, 0b111, 0b10})
          .array();

  private Correctness read(byte[] bytes, int point) throws IOException {
    return Answers.read(Files.write(folder.resolve("answers.bin"), bytes), point);
  }

  @Test
  void aPointIsARow() throws IOException {
    assertEquals(0.2, read(FILE, 0).accuracy().value(), 1e-12);
    assertEquals(0.4, read(FILE, 1).accuracy().value(), 1e-12);
  }

  @Test
  void whatIsDamagedIsSaidToBe() {
    for (int length = 0; length < FILE.length; length++) {
      byte[] truncated = Arrays.copyOf(FILE, length);
      assertDamaged(truncated, 1);
    }
    assertDamaged(FILE, 2);
    byte[] beyond = FILE.clone();
    beyond[15] = (byte) 0x80;
    assertDamaged(beyond, 1);
    byte[] negative = FILE.clone();
    negative[4] = (byte) 0x80;
    assertDamaged(negative, 0);
  }

  private void assertDamaged(byte[] bytes, int point) {
    IOException failure = assertThrows(IOException.class, () -> read(bytes, point));
    assertEquals(
        folder.resolve("answers.bin") + " is damaged; remove its folder and run again",
        failure.getMessage());
  }
}
