package org.pdnn.onnx.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What is wrong with a file is said in one sentence, in tests.
final class Faults {
  private Faults() {}

  /// The model is refused with these words.
  static void assertFault(String fault, ModelMaker model, Path folder) throws IOException {
    String message = message(Files.write(folder.resolve("model.onnx"), model.toBytes()));
    assertTrue(message.contains(fault), message);
  }

  /// The sentence with which a file is refused.
  static String message(Path file) {
    String message =
        String.valueOf(assertThrows(IOException.class, () -> OnnxModel.read(file)).getMessage());
    assertTrue(message.contains(file.toString()), message);
    assertEquals(1, message.lines().count(), message);
    return message;
  }
}
