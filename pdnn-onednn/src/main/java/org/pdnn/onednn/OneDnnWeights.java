package org.pdnn.onednn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.pdnn.onednn.Engine.Argument;
import org.pdnn.sums.Geometry;
import org.pdnn.sums.PackedWeights;
import org.pdnn.sums.Summation;

/// Weights in the layouts that the library asks for: mostly one, whatever the number of images.
final class OneDnnWeights implements PackedWeights {
  /// @param layout described by the library
  private record Packed(MemorySegment layout, MemorySegment values) {}

  private final Engine engine;
  private final Geometry geometry;
  private final byte[] weights;
  private final List<Packed> packed = new ArrayList<>();

  /// @param weights which stay as they are
  OneDnnWeights(Engine engine, Geometry geometry, byte[] weights) {
    this.engine = engine;
    this.geometry = geometry;
    this.weights = weights;
  }

  @Override
  public Summation summation(int images, MemorySegment source, MemorySegment target) {
    return Functions.alone(() -> {
      try (Arena scratch = Arena.ofConfined()) {
        return summation(Description.of(engine, scratch, geometry, images), source, target);
      }
    });
  }

  private Summation summation(Description description, MemorySegment source, MemorySegment target) {
    String code = description.code();
    if (code.startsWith("ref")) {
      throw new UnsupportedOperationException("oneDNN has only slow code for it: " + code);
    }
    Arena owner = Arena.ofAuto();
    MemorySegment values = packed(description);
    MemorySegment scratchpad = engine.allocate(owner, description.scratchpad());
    return engine.primitive(
        owner,
        description.handle(),
        engine.argument(owner, Argument.SOURCE, description.source(), source),
        engine.argument(owner, Argument.WEIGHTS, description.weights(), values),
        engine.argument(owner, Argument.TARGET, description.target(), target),
        engine.argument(owner, Argument.SCRATCHPAD, description.scratchpad(), scratchpad));
  }

  private synchronized MemorySegment packed(Description description) {
    MemorySegment layout = description.weights();
    for (Packed each : packed) {
      if (Functions.integer("memory_desc_equal", each.layout, layout) != 0) {
        return each.values;
      }
    }
    Arena owner = Arena.ofAuto();
    MemorySegment values = engine.allocate(owner, layout);
    pack(description.plain(), layout, values);
    MemorySegment own = Functions.make(owner, "memory_desc", "memory_desc_clone", layout);
    packed.add(new Packed(own, values));
    return values;
  }

  private void pack(MemorySegment plain, MemorySegment layout, MemorySegment values) {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment given = scratch.allocateFrom(ValueLayout.JAVA_BYTE, weights);
      MemorySegment reorder =
          Functions.make(
              scratch,
              "primitive_desc",
              "reorder_primitive_desc_create",
              plain,
              engine.handle(),
              layout,
              engine.handle(),
              MemorySegment.NULL);
      engine
          .primitive(
              scratch,
              reorder,
              engine.argument(scratch, Argument.SOURCE, plain, given),
              engine.argument(scratch, Argument.TARGET, layout, values))
          .run();
    }
  }
}
