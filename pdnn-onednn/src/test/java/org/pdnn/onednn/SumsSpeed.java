package org.pdnn.onednn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.network.Window;
import org.pdnn.sums.Geometry;
import org.pdnn.sums.Operands;
import org.pdnn.sums.ScalarSums;
import org.pdnn.sums.Summation;
import org.pdnn.sums.Sums;
import org.pdnn.sums.SumsChoice;

/// Prints how many products of a code and a weight are summed in a nanosecond on one thread, for
/// layers of VGG5 and numbers of images: the best of many runs.
final class SumsSpeed {
  private static final List<Integer> IMAGES = List.of(1, 8, 10, 64);
  private static final long NANOSECONDS = 700_000_000;

  private SumsSpeed() {}

  public static void main(String[] args) {
    Map<String, Geometry> layers = new LinkedHashMap<>();
    layers.put("conv2", new Geometry(32, 16, 16, 64, 1, Window.square(3, 1, 1), false));
    layers.put("conv3", new Geometry(64, 8, 8, 128, 1, Window.square(3, 1, 1), false));
    layers.put("fc1", Geometry.dense(2048, 1024));
    System.out.printf("%-24s %-6s %s%n", "", "images", IMAGES);
    for (Sums sums : List.of(SumsChoice.chosen(), new ScalarSums())) {
      layers.forEach((name, geometry) -> {
        System.out.printf("%-24s %-6s", sums.name(), name);
        IMAGES.forEach(images -> System.out.printf(" %8.1f", speed(sums, geometry, images)));
        System.out.println();
      });
    }
  }

  private static double speed(Sums sums, Geometry geometry, int images) {
    Operands operands = Operands.random(geometry, images, 255, 1);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment source = arena.allocateFrom(ValueLayout.JAVA_BYTE, operands.codes());
      MemorySegment target = arena.allocate(ValueLayout.JAVA_INT, (long) images * geometry.sums());
      Summation summation =
          sums.pack(geometry, 255, operands.weights()).summation(images, source, target);
      long least = Long.MAX_VALUE;
      long until = System.nanoTime() + NANOSECONDS;
      for (long begin = System.nanoTime(); begin < until; begin = System.nanoTime()) {
        summation.run();
        least = Math.min(least, System.nanoTime() - begin);
      }
      return (double) images * geometry.products() / least;
    }
  }
}
