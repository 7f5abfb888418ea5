package org.pdnn.onnx.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

/// What all sessions of the process share.
final class OnnxEnvironment {
  private OnnxEnvironment() {}

  /// The process has one environment, made when it is first needed.
  private static final class Holder {
    private static final OrtEnvironment IT =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "pdnn");
  }

  static OrtEnvironment get() {
    return Holder.IT;
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
