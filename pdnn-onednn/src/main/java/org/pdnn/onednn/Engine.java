package org.pdnn.onednn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// oneDNN on this processor: descriptions of memory, and primitives with their arguments.
///
/// @param handle of `dnnl_engine_t`
record Engine(MemorySegment handle) {
  /// Types of values, `dnnl_data_type_t`.
  static final int S32 = 4;

  static final int S8 = 5;
  static final int U8 = 6;

  private static final int ANY = 1;
  private static final int USER = 1;
  private static final int IN_ORDER = 1;
  private static final int MOST_DIMENSIONS = 12;

  /// An argument of a primitive.
  ///
  /// @param role `DNNL_ARG_*`
  /// @param handle of `dnnl_memory_t`
  /// @param place where its values are
  record Argument(int role, MemorySegment handle, MemorySegment place) {
    static final int SOURCE = 1;
    static final int TARGET = 17;
    static final int WEIGHTS = 33;
    static final int SCRATCHPAD = 80;

    private static final long BYTES = 16;
  }

  /// Values of a type in so many steps, of values, along each dimension.
  MemorySegment strided(Arena owner, int type, long[] sizes, long[] steps) {
    return Functions.make(
        owner,
        "memory_desc",
        "memory_desc_create_with_strides",
        sizes.length,
        dimensions(owner, sizes),
        type,
        dimensions(owner, steps));
  }

  /// Values of a type as the library would have them.
  MemorySegment free(Arena owner, int type, long... sizes) {
    return Functions.make(
        owner,
        "memory_desc",
        "memory_desc_create_with_tag",
        sizes.length,
        dimensions(owner, sizes),
        type,
        ANY);
  }

  /// An array of `dnnl_dims_t`.
  static MemorySegment dimensions(Arena owner, long... values) {
    MemorySegment all = owner.allocate(ValueLayout.JAVA_LONG, MOST_DIMENSIONS);
    MemorySegment.copy(values, 0, all, ValueLayout.JAVA_LONG, 0, values.length);
    return all;
  }

  /// What a description of memory takes, for the library to fill.
  MemorySegment allocate(Arena owner, MemorySegment layout) {
    return owner.allocate(Math.max(1, Functions.size("memory_desc_get_size", layout)), 64);
  }

  Argument argument(Arena owner, int role, MemorySegment layout, MemorySegment place) {
    MemorySegment memory = Functions.make(owner, "memory", "memory_create", layout, handle, place);
    return new Argument(role, memory, place);
  }

  /// Attributes by which a primitive gets its working memory as an argument: the library's own
  /// belongs to the thread that made the primitive.
  MemorySegment attributes(Arena owner) {
    MemorySegment attributes = Functions.make(owner, "primitive_attr", "primitive_attr_create");
    Functions.run("primitive_attr_set_scratchpad_mode", attributes, USER);
    return attributes;
  }

  /// A primitive with its arguments.
  ///
  /// @param owner with which its handles are destroyed
  Primitive primitive(Arena owner, MemorySegment description, Argument... arguments) {
    MemorySegment all = owner.allocate(Argument.BYTES * arguments.length, Long.BYTES);
    for (int i = 0; i < arguments.length; i++) {
      all.set(ValueLayout.JAVA_INT, Argument.BYTES * i, arguments[i].role());
      all.set(ValueLayout.ADDRESS, Argument.BYTES * i + Long.BYTES, arguments[i].handle());
    }
    return new Primitive(
        this,
        Functions.make(owner, "primitive", "primitive_create", description),
        Functions.make(owner, "stream", "stream_create", handle, IN_ORDER),
        all,
        List.of(arguments));
  }
}
