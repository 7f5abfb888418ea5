package org.pdnn.onednn;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The functions of oneDNN in C, and two of its OpenMP. The library is loaded with this class.
@SuppressWarnings("restricted") // native code is what this is for
final class Functions {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final MemoryLayout POINTER = ValueLayout.ADDRESS;

  /// The status of what oneDNN has no code for.
  private static final int UNIMPLEMENTED = 3;

  private static final int LONGEST_TEXT = 256;

  private static final SymbolLookup SYMBOLS = NativeFiles.symbols();
  private static final Map<String, MethodHandle> HANDLES = new ConcurrentHashMap<>();

  // What each product calls: constants, which the compiler calls at once.
  private static final MethodHandle EXECUTE =
      handle("dnnl_primitive_execute", INT, POINTER, POINTER, INT, POINTER);
  private static final MethodHandle THREADS = handle("omp_get_max_threads", INT);
  private static final MethodHandle SET_THREADS =
      linked("omp_set_num_threads", FunctionDescriptor.ofVoid(INT));

  private Functions() {}

  private static MethodHandle handle(String name, MemoryLayout result, MemoryLayout... arguments) {
    return linked(name, FunctionDescriptor.of(result, arguments));
  }

  private static MethodHandle linked(String name, FunctionDescriptor description) {
    return Linker.nativeLinker()
        .downcallHandle(
            SYMBOLS.find(name).orElseThrow(() -> new UnsatisfiedLinkError("no function " + name)),
            description);
  }

  /// Calls `dnnl_` and the name. Arguments are integers of 32 and 64 bits and pointers.
  private static Object call(MemoryLayout result, String name, Object... arguments) {
    MethodHandle function =
        HANDLES.computeIfAbsent(name, key -> handle("dnnl_" + key, result, layouts(arguments)));
    try {
      return function.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static MemoryLayout[] layouts(Object... arguments) {
    MemoryLayout[] layouts = new MemoryLayout[arguments.length];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] =
          switch (arguments[i]) {
            case Integer _ -> INT;
            case Long _ -> ValueLayout.JAVA_LONG;
            default -> POINTER;
          };
    }
    return layouts;
  }

  /// Calls a function for what it does.
  ///
  /// @throws UnsupportedOperationException if the library has no code for it
  /// @throws IllegalStateException if the library refuses it
  static void run(String name, Object... arguments) {
    check(name, integer(name, arguments));
  }

  private static void check(String name, int status) {
    if (status == UNIMPLEMENTED) {
      throw new UnsupportedOperationException("oneDNN has no code for " + name);
    }
    if (status != 0) {
      throw new IllegalStateException("oneDNN refuses %s: status %s".formatted(name, status));
    }
  }

  static int integer(String name, Object... arguments) {
    return (int) call(INT, name, arguments);
  }

  static long size(String name, Object... arguments) {
    return (long) call(ValueLayout.JAVA_LONG, name, arguments);
  }

  static MemorySegment pointer(String name, Object... arguments) {
    return (MemorySegment) call(POINTER, name, arguments);
  }

  /// The text whose place a function stores at its last argument.
  static String text(String name, Object... others) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(POINTER);
      Object[] arguments = Arrays.copyOf(others, others.length + 1);
      arguments[others.length] = place;
      run(name, arguments);
      return place.get(ValueLayout.ADDRESS, 0).reinterpret(LONGEST_TEXT).getString(0);
    }
  }

  /// What a function stores at its first argument.
  ///
  /// @param owner with which it is destroyed
  /// @param kind as in `memory_desc`
  static MemorySegment make(Arena owner, String kind, String name, Object... others) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(POINTER);
      Object[] arguments = new Object[others.length + 1];
      arguments[0] = place;
      System.arraycopy(others, 0, arguments, 1, others.length);
      run(name, arguments);
      return place
          .get(ValueLayout.ADDRESS, 0)
          .reinterpret(owner, made -> run(kind + "_destroy", made));
    }
  }

  /// Executes a primitive on the calling thread alone.
  static void execute(
      MemorySegment primitive, MemorySegment stream, int count, MemorySegment arguments) {
    try {
      int before = (int) THREADS.invokeExact();
      SET_THREADS.invokeExact(1);
      try {
        check("primitive_execute", (int) EXECUTE.invokeExact(primitive, stream, count, arguments));
      } finally {
        SET_THREADS.invokeExact(before);
      }
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// What is made while the calling thread has no other threads in OpenMP: there the number of
  /// threads belongs to the one that calls, which has its own again afterwards.
  static <T> T alone(Supplier<T> work) {
    try {
      int before = (int) THREADS.invokeExact();
      SET_THREADS.invokeExact(1);
      try {
        return work.get();
      } finally {
        SET_THREADS.invokeExact(before);
      }
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Handles declare any exception; native code throws none.
  private static RuntimeException unexpected(Throwable e) {
    return switch (e) {
      case RuntimeException one -> one;
      case Error one -> throw one;
      default -> new IllegalStateException(e);
    };
  }
}
