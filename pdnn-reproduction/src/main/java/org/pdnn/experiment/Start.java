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
import org.pdnn.sweep.Desk;

/// What the training of a network begins with.
public sealed interface Start {
  ObjectNode recipe();

  List<Cell> needs();

  /// The network that training begins with.
  ///
  /// @param architecture what is to be trained, with any weights
  /// @param seed of weights that are drawn
  Network of(Network architecture, long seed, Desk desk) throws IOException;

  /// Weights drawn from a distribution, as in the paper.
  record Fresh(InitialWeights weights) implements Start {
    @Override
    public ObjectNode recipe() {
      return JsonNodeFactory.instance.objectNode().put("start", weights.toString());
    }

    @Override
    public List<Cell> needs() {
      return List.of();
    }

    @Override
    public Network of(Network architecture, long seed, Desk desk) {
      return weights.of(architecture, seed);
    }
  }

  /// The weights of a trained network of the same layers: p-bits start where the deterministic twin
  /// ended, but steeper, and lower under pools.
  ///
  /// @param twin the trained network
  /// @param gain what the pre-activations of neurons are multiplied by: steeper p-bits are less
  ///   noisy; 1 leaves them
  /// @param belowPools what is then taken off the pre-activations of neurons under a max pool. The
  ///   greatest of four bits is 1 more often than the greatest of four probabilities is large, so
  ///   that p-bits that follow a deterministic twin start saturated.
  record Warm(TrainedNetwork twin, double gain, double belowPools) implements Start {
    /// The weights as they are.
    public static Warm asIs(TrainedNetwork twin) {
      return new Warm(twin, 1, 0);
    }

    @Override
    public ObjectNode recipe() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("start", "twin").put("gain", gain).put("belowPools", belowPools);
      json.set("twin", twin.recipe());
      return json;
    }

    @Override
    public List<Cell> needs() {
      return List.of(twin);
    }

    @Override
    public Network of(Network architecture, long seed, Desk desk) throws IOException {
      Network warm = architecture.withTensors(twin.network(desk).tensors());
      List<Layer> layers = new ArrayList<>(warm.layers());
      for (int i = 1; i < layers.size(); i++) {
        if (layers.get(i) instanceof Neurons && AffineOutputs.possible(layers.get(i - 1))) {
          boolean pooled = i + 1 < layers.size() && layers.get(i + 1) instanceof MaxPool;
          layers.set(i - 1, moved(layers.get(i - 1), pooled ? -belowPools : 0));
        }
      }
      return new Network(warm.input(), layers);
    }

    private Layer moved(Layer layer, double by) {
      double[] scale = new double[AffineOutputs.channels(layer)];
      double[] shift = new double[scale.length];
      Arrays.fill(scale, gain);
      Arrays.fill(shift, by);
      return AffineOutputs.of(layer, scale, shift);
    }
  }
}
