package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.pdnn.data.Images;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.evaluation.VarianceDecomposition;
import org.pdnn.network.MoveNeuronsAfterPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;

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
    implements Cell<VarianceDecomposition> {
  public static final Kind<VarianceDecomposition> KIND =
      new Kind<>("variance", VarianceDecomposition.class);

  /// Passes and their partners of a network of four random layers.
  private static final int SETS = 11;

  @Override
  public String title() {
    return "splitting the variance of %s of %s".formatted(model.preset(), neuron);
  }

  @Override
  public Kind<VarianceDecomposition> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json =
        Recipe.of(KIND, images)
            .put("neuron", neuron.toString())
            .put("behindPools", place == SampledCurve.Place.AFTER_POOLS)
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
  public List<Cell<?>> needs() {
    return List.of(model);
  }

  @Override
  public VarianceDecomposition compute(Context context) throws IOException {
    Network trained = model.network(context);
    Network placed =
        place == SampledCurve.Place.AFTER_POOLS ? MoveNeuronsAfterPool.apply(trained) : trained;
    return VarianceDecomposition.measure(
        placed.withNeurons(hidden -> neuron), LabelledInputs.of(images), passes, seed, 1);
  }
}
