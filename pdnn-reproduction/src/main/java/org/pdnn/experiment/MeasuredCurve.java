package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Averages;
import org.pdnn.evaluation.Correctness;
import org.pdnn.evaluation.Curve;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;
import org.pdnn.training.BatchEvaluation;

/// Accuracy and calibration of a trained network against T, on images that only measure. Its folder
/// holds which images were classified correctly, for [Comparison].
///
/// @param model what is measured
/// @param neuron the hidden neurons it is measured with; those that it was trained with, or others
///   in their place
/// @param evaluation what is measured
public record MeasuredCurve(
    TrainedNetwork model, Neuron neuron, Images images, Evaluation evaluation)
    implements Cell<CurveResult> {
  public static final Kind<CurveResult> KIND = new Kind<>("curve", CurveResult.class);

  /// A network as it was trained.
  public static MeasuredCurve of(TrainedNetwork model, Images images, Evaluation evaluation) {
    return new MeasuredCurve(model, model.neuron(), images, evaluation);
  }

  @Override
  public String title() {
    return "measuring " + network();
  }

  /// The network in a few words, for progress.
  String network() {
    return "%s of %s, s = %s, %s, %s by %s"
        .formatted(
            model.preset(),
            neuron,
            model.hyperparameters().samples(),
            evaluation.scheme(),
            evaluation.last(),
            evaluation.averaging());
  }

  @Override
  public Kind<CurveResult> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json =
        Recipe.of(KIND, images, evaluation, BatchEvaluation.SAMPLER)
            .put("neuron", neuron.toString());
    json.set("model", model.recipe());
    return json;
  }

  @Override
  public double work() {
    return Macs.seconds(model.architecture(), neuron.random(), evaluation, images.count());
  }

  @Override
  public List<Cell<?>> needs() {
    return List.of(model);
  }

  @Override
  public CurveResult compute(Context context) throws IOException {
    Network network = model.network(context).withNeurons(trained -> neuron);
    BatchEvaluation batches =
        new BatchEvaluation(
            evaluation, 1, done -> context.progress((double) done / images.count()));
    Averages averages = batches.averages(network, images);
    Averages twin =
        network.random() ? batches.averages(network.deterministicTwin(), images) : averages;
    Curve curve = averages.curve(twin);
    Answers.write(file(context.folder()), averages);
    return CurveResult.of(model.sha256(context), curve);
  }

  /// Which images were classified correctly at T, for a cell that needs this one.
  Correctness answers(Context context, int samples) throws IOException {
    int point = neuron.random() ? evaluation.samples().indexOf(samples) : 0;
    if (point < 0) {
      throw new IllegalArgumentException(
          "%s samples were not measured, only %s".formatted(samples, evaluation.samples()));
    }
    return Answers.read(file(context.folder(this)), point);
  }

  private static Path file(Path folder) {
    return folder.resolve("answers.bin");
  }
}
