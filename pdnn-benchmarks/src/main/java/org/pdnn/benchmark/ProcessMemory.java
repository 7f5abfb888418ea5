package org.pdnn.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/// The memory of this process.
///
/// @param heapMebibytes of objects that are in use
/// @param residentMebibytes of the process in memory, where the kernel tells it
record ProcessMemory(double heapMebibytes, OptionalDouble residentMebibytes) {
  private static final double MEBIBYTE = 1 << 20;
  private static final double KIBIBYTES = 1 << 10;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  static ProcessMemory read() {
    // What is not in use is garbage of unknown age.
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return new ProcessMemory((runtime.totalMemory() - runtime.freeMemory()) / MEBIBYTE, resident());
  }

  private static OptionalDouble resident() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .mapToDouble(line ->
              Long.parseLong(line.substring(RESIDENT.length()).replace("kB", "").strip())
                  / KIBIBYTES)
          .findFirst();
    } catch (IOException | NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
