package org.pdnn.onednn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.pdnn.sums.Geometry;
import org.pdnn.sums.Sums;

/// Makes many products and keeps none; a program, so that it has little memory.
final class Dropped {
  private Dropped() {}

  public static void main(String[] args) throws Exception {
    Sums sums = new OneDnnProvider().load();
    Geometry geometry = Geometry.dense(2048, 2048);
    byte[] weights = new byte[2048 * 2048];
    int made = 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment source = arena.allocate(2048);
      MemorySegment target = arena.allocate(ValueLayout.JAVA_INT, 2048);
      for (; made < 400; made++) {
        sums.pack(geometry, 255, weights).summation(1, source, target).run();
      }
    }
    System.out.println(made + " products of 4 MiB each");
  }
}
