package org.pdnn.benchmark;

/// What is known of an engine before it runs.
///
/// @param name on the command line and in results, as in `onnxruntime-int8`
/// @param dataType that it multiplies, and so which limit of the machine it is held against
/// @param deterministic whether it computes the network's deterministic twin, in one pass
/// @param samples T, the passes of one run over each input; 1 if it is deterministic
public record EngineProfile(String name, DataType dataType, boolean deterministic, int samples) {
  /// Whether it is a 32-bit peer.
  public boolean isFp32Peer() {
    return deterministic && dataType == DataType.FP32;
  }
}
