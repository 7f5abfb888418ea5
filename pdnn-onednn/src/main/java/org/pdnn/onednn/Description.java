package org.pdnn.onednn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.pdnn.network.Window;
import org.pdnn.sums.Geometry;

/// Sums as oneDNN describes them.
///
/// @param handle of `dnnl_primitive_desc_t`
/// @param source how codes lie in memory
/// @param plain how weights are given
/// @param target how sums lie in memory
record Description(
    MemorySegment handle, MemorySegment source, MemorySegment plain, MemorySegment target) {
  private static final int INFERENCE = 96;
  private static final int CONVOLUTION = 1;
  private static final int DECONVOLUTION = 10;
  private static final int NAME = 8;
  private static final int WEIGHTS = 131;
  private static final int SCRATCHPAD = 136;

  static Description of(Engine engine, Arena owner, Geometry geometry, int images) {
    return geometry.dense()
        ? dense(engine, owner, geometry, images)
        : convolution(engine, owner, geometry, images);
  }

  private static Description dense(Engine engine, Arena owner, Geometry geometry, long images) {
    long codes = geometry.codes();
    long sums = geometry.outputs();
    MemorySegment source =
        engine.strided(owner, Engine.U8, new long[] {images, codes}, new long[] {codes, 1});
    MemorySegment plain =
        engine.strided(owner, Engine.S8, new long[] {codes, sums}, new long[] {1, codes});
    MemorySegment target =
        engine.strided(owner, Engine.S32, new long[] {images, sums}, new long[] {sums, 1});
    MemorySegment handle =
        Functions.make(
            owner,
            "primitive_desc",
            "matmul_primitive_desc_create",
            engine.handle(),
            source,
            engine.free(owner, Engine.S8, codes, sums),
            MemorySegment.NULL,
            target,
            engine.attributes(owner));
    return new Description(handle, source, plain, target);
  }

  private static Description convolution(
      Engine engine, Arena owner, Geometry geometry, long images) {
    Window.Axis down = geometry.window().rows();
    Window.Axis across = geometry.window().columns();
    int rows = geometry.outputRows();
    int columns = geometry.outputColumns();
    MemorySegment source =
        images(
            engine,
            owner,
            Engine.U8,
            images,
            geometry.channels(),
            geometry.rows(),
            geometry.columns());
    MemorySegment target =
        images(engine, owner, Engine.S32, images, geometry.outputs(), rows, columns);
    long groups = geometry.groups();
    long outputs = geometry.outputs() / groups;
    long channels = geometry.channels() / groups;
    long fanIn = geometry.fanIn();
    long[] sizes = {groups, outputs, channels, down.kernel(), across.kernel()};
    long[] steps = {outputs * fanIn, fanIn, 1, across.kernel() * channels, channels};
    boolean transposed = geometry.transposed();
    MemorySegment handle =
        Functions.make(
            owner,
            "primitive_desc",
            transposed
                ? "deconvolution_forward_primitive_desc_create"
                : "convolution_forward_primitive_desc_create",
            engine.handle(),
            INFERENCE,
            transposed ? DECONVOLUTION : CONVOLUTION,
            source,
            engine.free(owner, Engine.S8, grouped(groups, sizes)),
            MemorySegment.NULL,
            target,
            Engine.dimensions(owner, down.stride(), across.stride()),
            Engine.dimensions(owner, down.dilation() - 1, across.dilation() - 1),
            Engine.dimensions(owner, down.before(), across.before()),
            transposed
                ? Engine.dimensions(owner, down.after(), across.after())
                : Engine.dimensions(
                    owner,
                    after(down, geometry.rows(), rows),
                    after(across, geometry.columns(), columns)),
            engine.attributes(owner));
    MemorySegment plain =
        engine.strided(owner, Engine.S8, grouped(groups, sizes), grouped(groups, steps));
    return new Description(handle, source, plain, target);
  }

  /// Weights have a dimension of groups only if there are several.
  private static long[] grouped(long groups, long... dimensions) {
    return groups == 1 ? Arrays.copyOfRange(dimensions, 1, dimensions.length) : dimensions;
  }

  /// Pixels that the last output reads after the image; less than 0 if it does not reach the end.
  private static long after(Window.Axis axis, int extent, int outputs) {
    return axis.read(outputs - 1, axis.kernel() - 1) + 1L - extent;
  }

  private static MemorySegment images(
      Engine engine, Arena owner, int type, long images, long channels, long rows, long columns) {
    return engine.strided(
        owner,
        type,
        new long[] {images, channels, rows, columns},
        new long[] {rows * columns * channels, 1, columns * channels, channels});
  }

  /// How the library would have the weights.
  MemorySegment weights() {
    return Functions.pointer("primitive_desc_query_md", handle, WEIGHTS, 0);
  }

  /// The working memory that it asks for.
  MemorySegment scratchpad() {
    return Functions.pointer("primitive_desc_query_md", handle, SCRATCHPAD, 0);
  }

  /// The library's name of the code, as in `brg_conv_fwd:avx512_core_vnni`.
  String code() {
    return Functions.text("primitive_desc_query", handle, NAME, 0);
  }
}
