package org.pdnn.sampling.pbits;

import java.util.List;
import jdk.incubator.vector.VectorShape;
import org.jspecify.annotations.Nullable;

/// The kernel of this machine, chosen once.
public final class PBitKernels {
  /// Names a kernel to use in place of the machine's fastest.
  public static final String PROPERTY = "pdnn.kernel";

  private static final String MODULE = "jdk.incubator.vector";
  private static final String VECTOR = "vector";
  private static final System.Logger LOGGER = System.getLogger(PBitKernels.class.getName());
  private static @Nullable PBits chosen;

  private PBitKernels() {}

  /// The kernel that the property names, else the fastest that runs here.
  ///
  /// @throws IllegalArgumentException if it names none
  public static synchronized PBits chosen() {
    PBits kernel = chosen;
    if (kernel == null) {
      String name = System.getProperty(PROPERTY, "");
      kernel = named(name);
      log(kernel, name.isEmpty());
      chosen = kernel;
    }
    return kernel;
  }

  /// Every kernel that runs here, fastest first.
  public static List<PBits> all() {
    return ModuleLayer.boot().findModule(MODULE).isPresent()
        ? Vectors.all()
        : List.of(new ScalarPBits());
  }

  /// The fastest kernel, or the one that a value of the property names, with or without its width.
  static PBits named(String name) {
    List<PBits> all = all();
    for (PBits kernel : all) {
      if (name.isEmpty() || kernel.name().equals(name) || family(kernel).equals(name)) {
        return kernel;
      }
    }
    throw new IllegalArgumentException(
        "-D%s=%s names no kernel of this machine; use %s"
            .formatted(
                PROPERTY,
                name,
                String.join(" or ", all.stream().map(PBitKernels::family).toList())));
  }

  private static String family(PBits kernel) {
    return kernel instanceof ScalarPBits ? kernel.name() : VECTOR;
  }

  private static void log(PBits kernel, boolean byDefault) {
    if (byDefault && kernel instanceof ScalarPBits) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "sampling without vectors, which is slow; start Java with --add-modules {0}",
          MODULE);
    } else {
      LOGGER.log(System.Logger.Level.DEBUG, "sampling kernel: {0}", kernel.name());
    }
  }

  /// Loaded only where the module of vectors is.
  private static final class Vectors {
    static List<PBits> all() {
      return switch (VectorShape.preferredShape()) {
        case S_128_BIT, S_256_BIT, S_512_BIT -> List.of(new VectorPBits(), new ScalarPBits());
        case S_64_BIT, S_Max_BIT -> List.of(new ScalarPBits());
      };
    }
  }
}
