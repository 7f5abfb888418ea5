package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pdnn.network.AffineOutputs;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neurons;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;

/// What the training of a network begins with.
public sealed interface Start {
  ObjectNode recipe();

  List<Cell<?>> needs();

  /// The network that training begins with.
  ///
  /// @param architecture what is to be trained, with any weights
  /// @param seed of weights that are drawn
  Network of(Network architecture, long seed, Context context) throws IOException;

  /// Weights drawn from a distribution, as in the paper.
  record Fresh(InitialWeights weights) implements Start {
    @Override
    public ObjectNode recipe() {
      return JsonNodeFactory.instance.objectNode().put("start", weights.toString());
    }

    @Override
    public List<Cell<?>> needs() {
      return List.of();
    }

    @Override
    public Network of(Network architecture, long seed, Context context) {
      return weights.of(architecture, seed);
    }
  }

  /// The weights of a trained network of the same layers: p-bits start where the deterministic twin
  /// ended, but steeper and lower under max pools. There the greatest of four bits is 1 more often
  /// than the greatest of four probabilities is large, so that p-bits as they are start saturated.
  ///
  /// @param twin the trained network
  /// @param gain what the pre-activations of neurons under a max pool are multiplied by
  /// @param lowered what is then taken off them
  record Warm(TrainedNetwork twin, double gain, double lowered) implements Start {
    /// The weights as they are.
    public static Warm asIs(TrainedNetwork twin) {
      return new Warm(twin, 1, 0);
    }

    @Override
    public ObjectNode recipe() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("start", "twin").put("gain", gain).put("lowered", lowered);
      json.set("twin", twin.recipe());
      return json;
    }

    @Override
    public List<Cell<?>> needs() {
      return List.of(twin);
    }

    @Override
    public Network of(Network architecture, long seed, Context context) throws IOException {
      return moved(architecture.withTensors(twin.network(context).tensors()), gain, lowered);
    }
  }

  /// The weights of a trained network of the same layers, moved as a search found best, on it or on
  /// another training run of it.
  record Searched(TrainedNetwork twin, StartSearch search) implements Start {
    @Override
    public ObjectNode recipe() {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("start", "searched");
      json.set("twin", twin.recipe());
      json.set("search", search.recipe());
      return json;
    }

    @Override
    public List<Cell<?>> needs() {
      return List.of(twin, search);
    }

    @Override
    public Network of(Network architecture, long seed, Context context) throws IOException {
      StartSearch.Tried best = context.result(search).best();
      return moved(
          architecture.withTensors(twin.network(context).tensors()), best.gain(), best.lowered());
    }
  }

  /// A network whose neurons at max pools, before or after them, read pre-activations that are
  /// steeper and lower.
  static Network moved(Network network, double gain, double lowered) {
    List<Layer> layers = new ArrayList<>(network.layers());
    for (int i = 1; i + 1 < layers.size(); i++) {
      boolean before = layers.get(i) instanceof Neurons && layers.get(i + 1) instanceof MaxPool;
      boolean after = layers.get(i) instanceof MaxPool && layers.get(i + 1) instanceof Neurons;
      if (before || after) {
        Layer weights = layers.get(i - 1);
        double[] scale = new double[AffineOutputs.channels(weights)];
        double[] shift = new double[scale.length];
        Arrays.fill(scale, gain);
        Arrays.fill(shift, -lowered);
        layers.set(i - 1, AffineOutputs.of(weights, scale, shift));
      }
    }
    return network.withLayers(layers);
  }
}
