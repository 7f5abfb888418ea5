package org.pdnn.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pdnn.network.Tensor;
import org.pdnn.network.Vae;

/// A moment in the training of a variational auto-encoder: a checkpoint of its decoder, with the
/// tensors of the other networks beside it under their names, `encoder.0.weight` and so on.
final class VaeCheckpoint {
  private static final String DECODER = "decoder.";

  private VaeCheckpoint() {}

  static Checkpoints.State state(long step, Vae vae, Tensor mean, Tensor variance) {
    Map<String, Tensor> others = new LinkedHashMap<>(vae.tensors());
    others.keySet().removeIf(name -> name.startsWith(DECODER));
    return new Checkpoints.State(step, vae.decoder(), mean, variance, others);
  }

  /// The auto-encoder of a state.
  ///
  /// @param architecture of the run, with any weights
  static Vae vae(Vae architecture, Checkpoints.State state) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(state.others());
    state.network().tensors().forEach((name, tensor) -> tensors.put(DECODER + name, tensor));
    return architecture.withTensors(tensors);
  }
}
