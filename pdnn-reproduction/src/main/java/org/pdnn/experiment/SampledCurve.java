package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.evaluation.Measured;
import org.pdnn.network.MoveNeuronsAfterPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.random.Imperfection;
import org.pdnn.sampling.Precision;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;

/// Accuracy and N_eq of a trained network against T by addressed random words, sound or not.
///
/// @param model what is measured
/// @param frozen the model converted without training, measured in its place; its neurons are
///   `neuron`
/// @param neuron the hidden neurons it is measured with; those that it was trained with, or others
///   in their place
/// @param place where other neurons are put
/// @param precision what the passes are computed in; in integers a max pool is one draw
/// @param imperfection what is wrong with the words
public record SampledCurve(
    TrainedNetwork model,
    Optional<FrozenNetwork> frozen,
    Neuron neuron,
    Place place,
    Images images,
    Evaluation evaluation,
    Precision precision,
    Imperfection imperfection)
    implements Cell<CurveResult> {
  public static final Kind<CurveResult> KIND = new Kind<>("sampled", CurveResult.class);

  /// Where neurons stand that are put into a trained network.
  public enum Place {
    /// Where those that they replace stood.
    SAME,
    /// After the max pool: one draw for the pool.
    AFTER_POOLS
  }

  @Override
  public String title() {
    return "sampling %s%s of %s, s = %s, %s, %s, %s, %s"
        .formatted(
            frozen.isPresent() ? "a frozen conversion of " : "",
            model.preset(),
            neuron,
            model.hyperparameters().samples(),
            evaluation.scheme(),
            evaluation.last(),
            precision.words(),
            imperfection);
  }

  @Override
  public Kind<CurveResult> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    String sampler = precision.real() ? "block" : "integer, weights " + precision;
    ObjectNode json =
        Recipe.of(KIND, images, evaluation, sampler)
            .put("neuron", neuron.toString())
            .put("behindPools", place == Place.AFTER_POOLS)
            .put("imperfection", imperfection.toString());
    frozen.ifPresent(converted -> json.set("frozen", converted.recipe()));
    json.set("model", model.recipe());
    return json;
  }

  @Override
  public double work() {
    double passes = (double) evaluation.samples().getLast() * evaluation.seeds();
    double macsASecond = precision.real() ? Macs.SAMPLED_A_SECOND : Macs.INTEGERS_A_SECOND;
    return Macs.of(model.architecture()) * passes * images.count() / macsASecond;
  }

  @Override
  public List<Cell<?>> needs() {
    return frozen.<List<Cell<?>>>map(converted -> List.of(model, converted)).orElse(List.of(model));
  }

  @Override
  public CurveResult compute(Context context) throws IOException {
    return CurveResult.of(model.sha256(context), measured(context).curve());
  }

  /// The curve and the answers that it was made of.
  Measured measured(Context context) throws IOException {
    return evaluation.measured(
        frozen.isPresent() ? frozen.get().network(context) : placed(model.network(context)),
        precision,
        LabelledInputs.of(images),
        imperfection.seeded(),
        1,
        done -> context.progress((double) done / images.count()));
  }

  private Network placed(Network trained) {
    Network moved = place == Place.AFTER_POOLS ? MoveNeuronsAfterPool.apply(trained) : trained;
    return moved.withNeurons(hidden -> neuron);
  }
}
