package org.pdnn.data;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.function.Executable;

/// A file or server that is refused, and the sentence that says why.
final class Refusal {
  private Refusal() {}

  /// The message of the IOException that comes out, with every part it must contain checked.
  static String of(Executable reading, String... parts) {
    String message = String.valueOf(assertThrows(IOException.class, reading).getMessage());
    for (String part : parts) {
      assertTrue(message.contains(part), message + "\nlacks: " + part);
    }
    return message;
  }
}
