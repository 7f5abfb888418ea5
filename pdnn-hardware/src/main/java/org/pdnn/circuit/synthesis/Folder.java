package org.pdnn.circuit.synthesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A folder for the files of a program, removed with all of them when it is closed.
record Folder(Path path) implements AutoCloseable {
  Folder() throws IOException {
    this(Files.createTempDirectory("pdnn-"));
  }

  @Override
  public void close() throws IOException {
    List<Path> files;
    try (Stream<Path> walked = Files.walk(path)) {
      files = walked.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
