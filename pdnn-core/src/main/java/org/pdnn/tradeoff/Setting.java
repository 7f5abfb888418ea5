package org.pdnn.tradeoff;

import java.util.Optional;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Neuron;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;

/// How a trained network is run.
///
/// @param model its name in the results
/// @param neuron its hidden neurons, whose bits are the activations' bits
/// @param samples T
/// @param scheme absent where nothing is drawn
/// @param weights their bits, and whether passes are computed in integers
/// @param last what the last hidden layer hands on
/// @param outputs what is averaged
public record Setting(
    String model,
    Neuron neuron,
    int samples,
    Optional<Scheme> scheme,
    Precision weights,
    LastHidden last,
    Outputs outputs) {
  /// The same of another model.
  public Setting withModel(String other) {
    return new Setting(other, neuron, samples, scheme, weights, last, outputs);
  }

  /// As in `T = 4, pbit:sigmoid scrambled, 8-bit weights, p5.safetensors`.
  @Override
  public String toString() {
    return "T = %s, %s%s, %s%s, %s"
        .formatted(
            samples,
            neuron,
            scheme.map(drawn -> " " + drawn).orElse(""),
            weights.words(),
            last == LastHidden.EXPECTATION ? ", last expectation" : "",
            model);
  }
}
