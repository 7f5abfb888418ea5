package org.pdnn.power;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The kernel's values, each a file of one short line. Failures are one sentence that names it.
@FunctionalInterface
interface Attributes {
  int LONGEST = 64;

  /// Those of the file system.
  Attributes FILES =
      file -> {
        // A pipe would be waited for.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
          throw new IOException("no regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
          return in.readNBytes(LONGEST + 1);
        }
      };

  /// The first bytes of a file, at most one more than a value may have.
  byte[] bytes(Path file) throws IOException;

  /// The line without its end.
  default String text(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = bytes(file);
    } catch (AccessDeniedException e) {
      throw new IOException(
          "no permission to read %s; run as root, or allow it by: sudo chmod a+r %s/intel-rapl:*/energy_uj"
              .formatted(file, file.resolve("../..").normalize()),
          e);
    } catch (NoSuchFileException e) {
      throw new IOException(file + " does not exist", e);
    } catch (IOException e) {
      throw new IOException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
    if (bytes.length > LONGEST) {
      throw new IOException("%s is longer than %s bytes".formatted(file, LONGEST));
    }
    return new String(bytes, StandardCharsets.ISO_8859_1).strip();
  }

  /// A whole number, small enough that two of them can be added.
  default long number(Path file) throws IOException {
    String text = text(file);
    if (!text.matches("[0-9]{1,18}")) {
      throw new IOException(file + " must be a whole number of 1 to 18 digits");
    }
    return Long.parseLong(text);
  }
}
