package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.evaluation.VarianceDecomposition;
import org.pdnn.network.MoveNeuronsBehindPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;

/// Where the logit variance of one pass of a trained network comes from.
///
/// @param place where other neurons than the trained ones are put
/// @param passes of each image
public record VarianceShares(
    TrainedNetwork model,
    Neuron neuron,
    SampledCurve.Place place,
    Images images,
    int passes,
    long seed)
    implements Cell {
  /// Passes and their partners of a network of four random layers.
  private static final int SETS = 11;

  @Override
  public String title() {
    return "splitting the variance of %s of %s".formatted(model.preset(), neuron);
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json =
        Recipe.of("variance", images)
            .put("neuron", neuron.toString())
            .put("behindPools", place == SampledCurve.Place.BEHIND_POOLS)
            .put("passes", passes)
            .put("seed", seed);
    json.set("model", model.recipe());
    return json;
  }

  @Override
  public double work() {
    return Macs.of(model.architecture()) * passes * SETS * images.count() / Macs.SAMPLED_A_SECOND;
  }

  @Override
  public List<Cell> needs() {
    return List.of(model);
  }

  @Override
  public ObjectNode compute(Context context) throws IOException {
    Network trained = model.network(context);
    Network placed =
        place == SampledCurve.Place.BEHIND_POOLS ? MoveNeuronsBehindPool.apply(trained) : trained;
    VarianceDecomposition found =
        VarianceDecomposition.measure(
            placed.withNeurons(hidden -> neuron), LabelledInputs.of(images), passes, seed, 1);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("modelSha256", model.sha256(context)).put("variance", found.variance());
    ArrayNode layers = json.putArray("layers");
    for (VarianceDecomposition.LayerShare share : found.layers()) {
      ObjectNode layer = layers.addObject().put("layer", share.layer());
      put(layer, "main", share.main());
      put(layer, "total", share.total());
    }
    put(json, "unitsLeast", found.units().least());
    put(json, "unitsMost", found.units().most());
    put(json, "poolsLeast", found.pools().least());
    put(json, "poolsMost", found.pools().most());
    return json;
  }

  private static void put(ObjectNode json, String key, Estimate estimate) {
    json.put(key, estimate.value())
        .put(key + "Low", estimate.low())
        .put(key + "High", estimate.high());
  }
}
