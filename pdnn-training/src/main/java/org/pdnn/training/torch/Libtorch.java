package org.pdnn.training.torch;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.pdnn.training.Accelerator;

/// Loads libtorch and sets what holds for the whole process.
public final class Libtorch {
  private static final int M_TRIM_THRESHOLD = -1;
  private static final int M_TOP_PAD = -2;
  private static final int M_MMAP_THRESHOLD = -3;

  private static boolean loaded;

  private Libtorch() {}

  /// Loads the library; a second time does nothing.
  ///
  /// @throws TorchException if there is no build for this machine
  static synchronized void load() {
    if (loaded) {
      return;
    }
    try {
      keepPages();
      Loader.load(torch.class);
      // Where it takes over it is no faster, and complains of processors that it does not know.
      torch.globalContext().setUserEnabledNNPACK(false);
      OneDnn.tryOut();
      loaded = true;
    } catch (LinkageError | RuntimeException e) {
      throw new TorchException("load on " + Loader.getPlatform(), e);
    }
  }

  /// The version of libtorch and of its Java bindings, as in `2.10.0-1.5.13`.
  public static String version() {
    try {
      return Loader.getVersion("org.bytedeco", "pytorch");
    } catch (IOException e) {
      throw new TorchException("tell its version", e);
    }
  }

  /// The device to compute on.
  ///
  /// @throws TorchException if the build or the machine has none such, and what to do
  static Device device(Accelerator accelerator) {
    load();
    return switch (accelerator) {
      case CPU -> new Device("cpu");
      case CUDA -> {
        if (Libtorch.class.getResource(
                    "/org/bytedeco/pytorch/" + Loader.getPlatform() + "-gpu/pytorch.properties")
                == null
            && !torch.cuda_is_available()) {
          throw new TorchException(
              "this build of libtorch has no CUDA; build with 'mvn -Pgpu package' or use"
                  + " --device cpu");
        }
        if (!torch.cuda_is_available()) {
          throw new TorchException(
              "this machine has no CUDA device that libtorch can use; use --device cpu");
        }
        yield new Device("cuda");
      }
    };
  }

  /// Tells glibc to keep freed activations for the next step instead of giving their pages back:
  /// convolutional networks train about a tenth faster. Elsewhere it does nothing.
  @SuppressWarnings("restricted") // --enable-native-access is among the flags of every start
  private static void keepPages() {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> symbol = linker.defaultLookup().find("mallopt");
    if (symbol.isEmpty()) {
      return;
    }
    MethodHandle mallopt =
        linker.downcallHandle(
            symbol.get(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    set(mallopt, M_MMAP_THRESHOLD, 1 << 30);
    set(mallopt, M_TRIM_THRESHOLD, 512 << 20);
    set(mallopt, M_TOP_PAD, 64 << 20);
  }

  @SuppressWarnings("CatchingUnchecked") // invokeExact declares Throwable; mallopt throws nothing
  private static void set(MethodHandle mallopt, int parameter, int value) {
    try {
      int ignored = (int) mallopt.invokeExact(parameter, value);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
