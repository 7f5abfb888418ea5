package org.pdnn.data;

import java.io.IOException;
import java.nio.file.Path;

/// The memory that the images of one data set may take, held to before it is taken.
final class MemoryBudget {
  /// Header of an image's array, reference to it, and label, in bytes.
  private static final int OVERHEAD = 32;

  private final long whole;
  private long left;

  /// @param bytes what all images of the set may take
  MemoryBudget(long bytes) {
    this.whole = bytes;
    this.left = bytes;
  }

  /// Half of the Java heap.
  static MemoryBudget ofHeap() {
    return new MemoryBudget(Runtime.getRuntime().maxMemory() / 2);
  }

  /// Takes the memory of some images.
  ///
  /// @param source the file or folder that holds them
  /// @param values bytes of an image
  /// @throws IOException if there is not so much left
  void take(Path source, long images, long values) throws IOException {
    left -= images * (values + OVERHEAD);
    if (left < 0) {
      throw new IOException(
          ("%s holds %s images of %s values, more than the %s MiB that a data set may take;"
                  + " use fewer or smaller ones, or set PDNN_MEMORY, of which that is half")
              .formatted(source, images, values, whole >> 20));
    }
  }
}
