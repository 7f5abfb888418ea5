package org.pdnn.training.torch;

import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.network.Activation;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Place;
import org.pdnn.network.Readers;

/// What the neurons of a network give on batches.
///
/// Random and quantised neurons are differentiated straight through (paper, section 3): they give a
/// copy of f, whose gradient is that of f, with other values written into its memory.
final class Firing {
  private final Network network;
  private final Noise noise;
  private final boolean together;
  private final Readers readers;

  /// @param noise begun by the caller for each batch
  /// @param together whether the p-bits under a max pool are drawn as one
  Firing(Network network, Noise noise, boolean together) {
    this.network = network;
    this.noise = noise;
    this.together = together;
    this.readers = Readers.of(network);
  }

  /// The means of what the neurons of a layer give, in 32 bits; where they are drawn together with
  /// the max pool that follows, of what the pool gives.
  Tensor means(Tensor x, int layer) {
    Neuron neuron = neuron(layer);
    return pool(layer)
        .map(pool -> PooledBits.means(neuron.activation(), x, pool.window()))
        .orElseGet(() -> Functions.mean(neuron, x.to(ScalarType.Float)));
  }

  /// The outputs of the neurons of a layer whose means are `f`, with the gradient of f; f itself is
  /// kept.
  Tensor fire(Tensor f, int layer) {
    return switch (neuron(layer)) {
      case Neuron.PBit(Activation activation) -> {
        int least = activation.signed() ? -1 : 0;
        yield straightThrough(f, () -> noise.fire(f, layer, least));
      }
      case Neuron.Noisy noisy -> f.add(symmetric(f, layer).mul_(new Scalar(noisy.amplitude())));
      case Neuron.Deterministic(Activation activation, int bits, _) ->
          bits == Neuron.Deterministic.FULL
              ? f
              : straightThrough(
                  f, () -> Functions.round(f.clone(), activation.lowest(), (1 << bits) - 1));
    };
  }

  /// Values in the place of `f`, whose gradient they have.
  ///
  /// @param values of the same shape
  static Tensor straightThrough(Tensor f, Supplier<Tensor> values) {
    Tensor made;
    try (var _ = new AutoGradMode(false)) {
      made = values.get();
    }
    if (!f.requires_grad()) {
      return made;
    }
    // A clone that copies nothing until it is written to: here it is given other memory.
    Tensor same = f._lazy_clone();
    same.set_data(made);
    return same;
  }

  /// Uniform in [-1, 1), in the shape of f.
  private Tensor symmetric(Tensor f, int layer) {
    return noise.uniform(f, layer).mul_(new Scalar(2)).sub_(new Scalar(1));
  }

  private Neuron neuron(int layer) {
    if (network.layers().get(layer) instanceof Neurons(Neuron neuron)) {
      return neuron;
    }
    throw new IllegalStateException("layer " + layer + " has no neurons");
  }

  /// Whether a max pool is drawn with the p-bits of the layer that it reads.
  boolean pooled(int layer) {
    return layer != Place.INPUT && pool(layer).isPresent();
  }

  /// The max pool that is drawn together with the p-bits of a layer: it alone reads them, each at
  /// most once.
  private Optional<MaxPool> pool(int layer) {
    return together
            && network.layers().get(layer) instanceof Neurons(Neuron.PBit _)
            && readers.single(layer)
            && network.layers().get(readers.of(layer).getFirst()) instanceof MaxPool pool
            && pool.window().tiles()
        ? Optional.of(pool)
        : Optional.empty();
  }
}
