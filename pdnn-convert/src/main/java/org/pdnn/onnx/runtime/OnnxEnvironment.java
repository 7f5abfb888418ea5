package org.pdnn.onnx.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// What all sessions of the process share.
public final class OnnxEnvironment {
  private OnnxEnvironment() {}

  /// The process has one environment, made when it is first needed.
  private static final class Holder {
    private static final OrtEnvironment IT = make();
  }

  public static OrtEnvironment get() {
    return Holder.IT;
  }

  private static OrtEnvironment make() {
    disableTelemetry();
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "pdnn");
  }

  /// Outside Windows the library collects what it is used for and sends it to its makers, unless a
  /// variable of the environment forbids it before the first session. To name the program it
  /// matches the command line with a regular expression so recursive that a line of some 4,000
  /// characters, as a class path easily has, overflows the stack of a Java thread and ends the
  /// process without a word.
  @SuppressWarnings("restricted") // --enable-native-access is among the flags of every start
  private static void disableTelemetry() {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> setenv = linker.defaultLookup().find("setenv");
    if (setenv.isEmpty()) {
      return;
    }
    FunctionDescriptor signature =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    try (Arena arena = Arena.ofConfined()) {
      linker
          .downcallHandle(setenv.get(), signature)
          .invokeWithArguments(
              arena.allocateFrom("ORT_DISABLE_TELEMETRY"), arena.allocateFrom("1"), 1);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Options of a session; the caller closes them.
  ///
  /// @param threads that one operator may use
  static OrtSession.SessionOptions options(int threads) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    // Its threads wait without sleeping; after a run that would slow whoever runs next.
    options.addConfigEntry("session.force_spinning_stop", "1");
    return options;
  }
}
