package org.pdnn.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pdnn.names.Choice;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Network;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// What values the weights of a network may have while it learns, and so ever after.
public enum WeightForm {
  /// Any 32-bit number.
  REAL {
    @Override
    public Network of(Network network) {
      return network;
    }
  },
  /// One bit: every weight is + or - the [#scale] of its layer. Real weights in [-1, 1] underlie
  /// them: forward they give their sign, backward the gradient passes straight through to them, and
  /// after each step they are clipped (M. Courbariaux, Y. Bengio, J.-P. David, "BinaryConnect",
  /// NeurIPS 2015, algorithm 1). With 1-bit activations the network is a binarised one (I. Hubara
  /// et al., "Binarized neural networks", NeurIPS 2016). Biases and batch norms stay real.
  BINARY {
    @Override
    public Network of(Network network) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      network.tensors().forEach((name, tensor) -> tensors.put(name, signs(name, tensor)));
      return network.withTensors(tensors);
    }
  };

  /// The network whose weights are what the learnt ones stand for: an ordinary one.
  public abstract Network of(Network network);

  /// The size of the one-bit weights of a layer: the standard deviation of its initial weights
  /// (Glorot), so that signals keep their size from layer to layer.
  ///
  /// @param weight shape of the layer's weight
  public static float scale(Shape weight) {
    return (float) InitialWeights.glorot(weight);
  }

  /// Whether a tensor holds the weights of synapses; those of batch norms have one dimension.
  public static boolean synapses(Shape tensor) {
    return tensor.rank() > 1;
  }

  private static Tensor signs(String name, Tensor tensor) {
    if (!name.endsWith(".weight") || !synapses(tensor.shape())) {
      return tensor;
    }
    float scale = scale(tensor.shape());
    float[] values = tensor.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] >= 0 ? scale : -scale;
    }
    return new Tensor(tensor.shape(), values);
  }

  /// The form of a name on the command line.
  public static WeightForm parse(String name) {
    return Choice.parse(WeightForm.class, "weights", name);
  }

  /// The name on the command line, lower case.
  @Override
  public String toString() {
    return Choice.name(this);
  }
}
