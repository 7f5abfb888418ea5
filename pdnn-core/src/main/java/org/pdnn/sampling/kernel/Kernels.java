package org.pdnn.sampling.kernel;

import java.util.List;
import jdk.incubator.vector.IntVector;

/// The kernel of this machine, chosen once.
public final class Kernels {
  /// Names a kernel to use in place of the machine's fastest.
  public static final String PROPERTY = "pdnn.kernel";

  private static final String MODULE = "jdk.incubator.vector";
  private static final System.Logger LOGGER = System.getLogger(Kernels.class.getName());
  private static final Kernel CHOSEN = choose(System.getProperty(PROPERTY, ""));

  private Kernels() {}

  /// The kernel that the property names, else the fastest that runs here.
  public static Kernel chosen() {
    return CHOSEN;
  }

  /// Every kernel that runs here, fastest first.
  public static List<Kernel> all() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return List.of(new ScalarKernel());
    }
    return Wide.all();
  }

  private static Kernel choose(String name) {
    List<Kernel> all = all();
    for (Kernel kernel : all) {
      if (name.isEmpty() || kernel.name().equals(name)) {
        LOGGER.log(System.Logger.Level.DEBUG, "sampling kernel: {0}", kernel.name());
        return kernel;
      }
    }
    throw new IllegalArgumentException(
        "-D%s=%s names no kernel of this machine; use %s"
            .formatted(PROPERTY, name, String.join(", ", all.stream().map(Kernel::name).toList())));
  }

  /// Loaded only where the module of vectors is.
  private static final class Wide {
    static List<Kernel> all() {
      int lanes = IntVector.SPECIES_PREFERRED.length();
      if (lanes >= Kernel.LANES) {
        return List.of(new Vector512Kernel(), new ScalarKernel());
      }
      return List.of(new ScalarKernel());
    }
  }
}
