package org.pdnn.sampling.kernel;

import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.IntVector;
import org.jspecify.annotations.Nullable;

/// The kernel of this machine, chosen once.
public final class Kernels {
  /// Names a kernel to use in place of the machine's fastest.
  public static final String PROPERTY = "pdnn.kernel";

  private static final String MODULE = "jdk.incubator.vector";
  private static final System.Logger LOGGER = System.getLogger(Kernels.class.getName());
  private static @Nullable Kernel chosen;

  private Kernels() {}

  /// The kernel that the property names, else the fastest that runs here.
  ///
  /// @throws IllegalArgumentException if it names none
  public static synchronized Kernel chosen() {
    Kernel kernel = chosen;
    if (kernel == null) {
      kernel = choose(System.getProperty(PROPERTY, ""));
      chosen = kernel;
    }
    return kernel;
  }

  /// Every kernel that runs here, fastest first.
  public static List<Kernel> all() {
    return vectors() ? Wide.all() : List.of(new ScalarKernel());
  }

  private static boolean vectors() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  private static Kernel choose(String name) {
    List<Kernel> all = all();
    for (Kernel kernel : all) {
      if (name.isEmpty() || kernel.name().equals(name)) {
        log(kernel, name.isEmpty());
        return kernel;
      }
    }
    throw new IllegalArgumentException(
        "-D%s=%s names no kernel of this machine; use %s"
            .formatted(PROPERTY, name, String.join(", ", all.stream().map(Kernel::name).toList())));
  }

  private static void log(Kernel kernel, boolean byDefault) {
    if (byDefault && !vectors()) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "sampling without vectors, about 13 times slower; start Java with --add-modules {0}",
          MODULE);
    } else {
      LOGGER.log(System.Logger.Level.DEBUG, "sampling kernel: {0}", kernel.name());
    }
  }

  /// Loaded only where the module of vectors is.
  private static final class Wide {
    static List<Kernel> all() {
      int lanes = IntVector.SPECIES_PREFERRED.length();
      List<Kernel> all = new ArrayList<>();
      if (lanes >= Kernel.LANES) {
        all.add(new Vector512Kernel());
      }
      if (lanes >= Kernel.LANES / 2) {
        all.add(new Vector256Kernel());
      }
      if (lanes >= Kernel.LANES / 4) {
        all.add(new Vector128Kernel());
      }
      all.add(new ScalarKernel());
      return List.copyOf(all);
    }
  }
}
