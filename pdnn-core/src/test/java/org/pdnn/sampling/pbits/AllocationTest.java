package org.pdnn.sampling.pbits;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pdnn.integer.Affine;
import org.pdnn.integer.Threshold;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;

/// Once it is compiled, a kernel allocates nothing: every vector stays in a register.
class AllocationTest {
  private static final int CHANNELS = 32;
  private static final int PIXELS = 16;
  private static final int UNITS = CHANNELS * PIXELS;

  /// Passes of which none may allocate.
  private static final int CALM = 200;

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final PBits kernel = PBitKernels.all().getFirst();
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment sums = arena.allocate(4L * 4 * UNITS + PBits.PADDING, 64);
  private final MemorySegment units = arena.allocate(2L * 4 * UNITS + PBits.PADDING, 64);
  private final MemorySegment pooled = arena.allocate(2L * UNITS + PBits.PADDING, 64);
  private final MemorySegment codes = arena.allocate(UNITS + PBits.PADDING, 64);
  private final Affine affine = PBitCases.affine(new Random(1), CHANNELS, 1);
  private final long[] pixel = {0};
  private final long[] members = {0, CHANNELS, 2 * UNITS, 2 * UNITS + CHANNELS};
  private final Words scrambled = words(Scheme.SCRAMBLED);
  private final Words independent = words(Scheme.INDEPENDENT);
  private int passes;

  private Words words(Scheme scheme) {
    return kernel.words(new Philox(1), scheme, 32, 0, UNITS, 1);
  }

  /// All that a kernel does, with words drawn anew.
  private void pass() {
    passes++;
    kernel.greatest(affine, 0, sums, 0, pixel, 4 * PIXELS, CHANNELS, units, 0);
    kernel.thresholds(Threshold.SIGMOID, units, 0, 4 * UNITS);
    kernel.any(units, 0, members, PIXELS, 2L * CHANNELS, CHANNELS, pooled, 0);
    kernel.greatest(affine, 0, sums, 0, members, PIXELS, 2L * CHANNELS, pooled, 0);
    kernel.thresholds(Threshold.TANH, pooled, 0, UNITS);
    kernel.thresholds(Threshold.CLIP, pooled, 0, UNITS);
    scrambled.turnTo(0, passes);
    kernel.fire(pooled, 0, scrambled, 3, UNITS, codes, 0);
    kernel.fire(pooled, 0, independent, passes, UNITS, codes, 0);
  }

  @Test
  void nothingIsAllocatedInTheLongRun() {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Instant end = Instant.now().plus(PATIENCE);
    long allocated;
    do {
      long before = thread.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALM; i++) {
        pass();
      }
      allocated = thread.getCurrentThreadAllocatedBytes() - before;
      // The counter itself may allocate a little.
    } while (allocated > 1024 && Instant.now().isBefore(end));
    assertTrue(
        allocated <= 1024, "%s: %s bytes in %s passes".formatted(kernel.name(), allocated, CALM));
  }
}
