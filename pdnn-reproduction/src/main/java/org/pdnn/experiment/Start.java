package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pdnn.network.Add;
import org.pdnn.network.AffineOutputs;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neurons;
import org.pdnn.network.Place;
import org.pdnn.network.Readers;
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

  /// A network whose neurons read pre-activations that are steeper and lower: those at max pools,
  /// before or after them, or, in a network that branches, all. What passes by a sum as bits stays
  /// as it is.
  static Network moved(Network network, double gain, double lowered) {
    List<Layer> layers = new ArrayList<>(network.layers());
    Readers readers = Readers.of(network);
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i) instanceof Neurons) {
        int read = network.reads(i).getFirst();
        boolean after = read != Place.INPUT && layers.get(read) instanceof MaxPool;
        boolean before =
            readers.of(i).stream().anyMatch(reader -> layers.get(reader) instanceof MaxPool);
        if (before || after || !network.chain()) {
          move(network, layers, after ? network.reads(read).getFirst() : read, gain, lowered);
        }
      }
    }
    return network.withLayers(layers);
  }

  /// Moves what a layer gives, be it through the operands of a sum, the first of which is lowered.
  private static void move(
      Network network, List<Layer> layers, int layer, double gain, double lowered) {
    if (layer == Place.INPUT) {
      return;
    }
    if (layers.get(layer) instanceof Add) {
      List<Integer> operands = network.reads(layer);
      for (int i = 0; i < operands.size(); i++) {
        move(network, layers, operands.get(i), gain, i == 0 ? lowered : 0);
      }
    } else if (AffineOutputs.possible(layers.get(layer))) {
      double[] scale = new double[AffineOutputs.channels(layers.get(layer))];
      double[] shift = new double[scale.length];
      Arrays.fill(scale, gain);
      Arrays.fill(shift, -lowered);
      layers.set(layer, AffineOutputs.of(layers.get(layer), scale, shift));
    }
  }
}
