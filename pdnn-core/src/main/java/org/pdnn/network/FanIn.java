package org.pdnn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.names.Limits;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// A limit on the inputs of every neuron after a dense layer, as hardware with a fixed number of
/// synapses per neuron has it.
///
/// Which inputs a neuron keeps is drawn once, without replacement, addressed by (seed, layer,
/// neuron); the weights of the others are exactly 0. Layers with fewer inputs keep all, and so do
/// convolutions.
///
/// @param most inputs a neuron keeps, at least 1
/// @param seed of the choice
public record FanIn(int most, long seed) {
  public FanIn {
    Limits.atLeast("a fan-in", 1, most);
  }

  /// By the name of each limited weight (`3.weight`): 1 where it is kept, 0 where it is not.
  public Map<String, Tensor> masks(Network network) {
    Map<String, Tensor> masks = new LinkedHashMap<>();
    for (int layer = 0; layer < network.layers().size(); layer++) {
      if (network.layers().get(layer) instanceof Dense dense && dense.inputs() > most) {
        masks.put(layer + ".weight", mask(dense, layer));
      }
    }
    return masks;
  }

  /// The first places of a Fisher-Yates shuffle of each neuron's inputs.
  private Tensor mask(Dense dense, int layer) {
    RandomWords words = Philox.forPurpose(seed, "fan-in");
    float[] kept = new float[dense.inputs() * dense.outputs()];
    int[] order = new int[dense.inputs()];
    for (int neuron = 0; neuron < dense.outputs(); neuron++) {
      Arrays.setAll(order, i -> i);
      for (int i = 0; i < most; i++) {
        long word = Integer.toUnsignedLong(words.word(neuron, layer, i, 0));
        int j = i + (int) ((word * (order.length - i)) >>> 32);
        kept[neuron * dense.inputs() + order[j]] = 1;
        order[j] = order[i];
      }
    }
    return new Tensor(dense.weight().shape(), kept);
  }

  /// The network with the other weights at 0.
  public Network apply(Network network) {
    return thinned(network, false);
  }

  /// The network with the other weights at 0, and those that are kept larger by sqrt(inputs /
  /// most): a Glorot start of the full layers becomes one of the thinned.
  public Network start(Network network) {
    return thinned(network, true);
  }

  private Network thinned(Network network, boolean scaled) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(network.tensors());
    masks(network)
        .forEach((name, mask) -> {
          double gain = Math.sqrt((double) mask.shape().dimension(1) / most);
          tensors.compute(name, (_, weight) -> scaled(weight, mask, scaled ? (float) gain : 1));
        });
    return network.withTensors(tensors);
  }

  private static Tensor scaled(Tensor weight, Tensor mask, float gain) {
    float[] values = new float[weight.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = mask.get(i) == 0 ? 0 : weight.get(i) * gain;
    }
    return new Tensor(weight.shape(), values);
  }

  /// The greatest number of inputs with a weight other than 0 among the neurons of each dense
  /// layer.
  public static List<Integer> used(Network network) {
    List<Integer> used = new ArrayList<>();
    for (Layer layer : network.layers()) {
      if (layer instanceof Dense dense) {
        used.add(used(dense));
      }
    }
    return used;
  }

  private static int used(Dense dense) {
    int most = 0;
    for (int neuron = 0; neuron < dense.outputs(); neuron++) {
      int count = 0;
      for (int i = 0; i < dense.inputs(); i++) {
        count += dense.weight().get(neuron * dense.inputs() + i) == 0 ? 0 : 1;
      }
      most = Math.max(most, count);
    }
    return most;
  }
}
