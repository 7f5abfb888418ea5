package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Averages;
import org.pdnn.evaluation.Correctness;
import org.pdnn.evaluation.Curve;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.PairedDifference;
import org.pdnn.experiment.RetrofitResult.ComparedPoint;
import org.pdnn.network.Network;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;
import org.pdnn.training.BatchEvaluation;

/// A trained network changed without training, against T, and each point compared on the same
/// images with another change of it.
///
/// @param model the trained network
/// @param retrofit what is measured
/// @param plain what it is compared with: at its least T, if it is random
public record RetrofitCurve(
    TrainedNetwork model, Retrofit retrofit, Retrofit plain, Images images, Evaluation evaluation)
    implements Cell<RetrofitResult> {
  public static final Kind<RetrofitResult> KIND = new Kind<>("retrofit", RetrofitResult.class);

  @Override
  public String title() {
    return "measuring %s with %s, averaged by %s"
        .formatted(model.preset(), retrofit, evaluation.averaging());
  }

  @Override
  public Kind<RetrofitResult> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json = Recipe.of(KIND, images, evaluation, BatchEvaluation.SAMPLER);
    json.set("retrofit", retrofit.recipe());
    json.set("plain", plain.recipe());
    json.set("model", model.recipe());
    return json;
  }

  @Override
  public double work() {
    return Macs.seconds(model.architecture(), true, evaluation, images.count());
  }

  @Override
  public List<Cell<?>> needs() {
    return List.of(model);
  }

  @Override
  public RetrofitResult compute(Context context) throws IOException {
    return measure(context, model.network(context), retrofit, plain, images, evaluation);
  }

  static RetrofitResult measure(
      Context context,
      Network trained,
      Retrofit retrofit,
      Retrofit plain,
      Images images,
      Evaluation evaluation) {
    Network network = retrofit.of(trained);
    BatchEvaluation batches =
        new BatchEvaluation(
            evaluation, 1, done -> context.progress((double) done / images.count()));
    Averages averages = batches.averages(network, images);
    Averages compared =
        plain.equals(retrofit) ? averages : batches.averages(plain.of(trained), images);
    Averages twin =
        network.random() ? batches.averages(network.deterministicTwin(), images) : averages;
    Correctness other = compared.correctness(0);
    Curve curve = averages.curve(twin);
    return new RetrofitResult(
        other.accuracy().value(),
        images.count(),
        images.shape().dimensions(),
        images.classes(),
        PairedDifference.of(averages.correctness(averages.points() - 1), averages.correctness(0)),
        IntStream.range(0, curve.points().size())
            .mapToObj(point ->
                new ComparedPoint(
                    curve.points().get(point),
                    PairedDifference.of(averages.correctness(point), other)))
            .toList());
  }
}
