package org.pdnn.onednn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.pdnn.sums.Geometry;
import org.pdnn.sums.PackedWeights;
import org.pdnn.sums.Sums;

/// Sums by oneDNN, in the best instructions that it finds; the environment variable
/// `ONEDNN_MAX_CPU_ISA` limits them.
final class OneDnnSums implements Sums {
  private static final int CPU = 1;

  private final Engine engine;
  private final Instructions instructions;

  OneDnnSums() {
    MemorySegment handle = Functions.make(Arena.ofAuto(), "engine", "engine_create", CPU, 0L);
    engine = new Engine(handle);
    instructions = Instructions.of(Functions.integer("get_effective_cpu_isa"));
  }

  @Override
  public String name() {
    return "onednn " + instructions.label();
  }

  @Override
  public PackedWeights pack(Geometry geometry, int most, byte[] weights) {
    return instructions.exact(most, weights)
        ? new OneDnnWeights(engine, geometry, weights)
        : HalvedWeights.of(engine, geometry, weights);
  }
}
