package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Averages;
import org.pdnn.evaluation.Correctness;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.Grades;
import org.pdnn.experiment.CurveByClass.ClassAnswers;
import org.pdnn.integer.QuantiseWeights;
import org.pdnn.network.FoldBatchNorm;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.sampling.Precision;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;
import org.pdnn.training.BatchEvaluation;

/// A trained network against T in real numbers, its weights rounded as the integer engine rounds
/// them. Images are pixels of 8 bits, which that engine would read as they are.
///
/// @param model what is measured
/// @param neuron the hidden neurons it is measured with; those that it was trained with, or others
///   in their place
/// @param frozen the model converted to such neurons; empty if nothing but they changed
/// @param precision what weights are rounded to
public record RoundedCurve(
    TrainedNetwork model,
    Neuron neuron,
    Optional<FrozenNetwork> frozen,
    Images images,
    Evaluation evaluation,
    Precision precision)
    implements Cell<CurveByClass.Result> {
  public static final Kind<CurveByClass.Result> KIND =
      new Kind<>("rounded-curve", CurveByClass.Result.class);

  @Override
  public String title() {
    return "measuring %s%s of %s, s = %s, %s, %s, %s"
        .formatted(
            frozen.isPresent() ? "a frozen conversion of " : "",
            model.preset(),
            neuron,
            model.hyperparameters().samples(),
            evaluation.scheme(),
            evaluation.last(),
            precision.words());
  }

  @Override
  public Kind<CurveByClass.Result> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json =
        Recipe.of(KIND, images, evaluation, BatchEvaluation.SAMPLER)
            .put("neuron", neuron.toString())
            .put("weights", precision.toString());
    frozen.ifPresent(converted -> json.set("frozen", converted.recipe()));
    json.set("model", model.recipe());
    return json;
  }

  @Override
  public double work() {
    return Macs.seconds(model.architecture(), neuron.random(), evaluation, images.count());
  }

  @Override
  public List<Cell<?>> needs() {
    return frozen.<List<Cell<?>>>map(converted -> List.of(model, converted)).orElse(List.of(model));
  }

  @Override
  public CurveByClass.Result compute(Context context) throws IOException {
    Network put =
        frozen.isPresent()
            ? frozen.get().network(context)
            : model.network(context).withNeurons(own -> neuron);
    Network network =
        precision
            .weights()
            .map(format -> QuantiseWeights.apply(FoldBatchNorm.apply(put), format))
            .orElse(put);
    BatchEvaluation batches =
        new BatchEvaluation(
            evaluation, 1, done -> context.progress((double) done / images.count()));
    Averages averages = batches.averages(network, images);
    Averages twin =
        network.random() ? batches.averages(network.deterministicTwin(), images) : averages;
    List<Correctness> points =
        IntStream.range(0, averages.points()).mapToObj(averages::correctness).toList();
    List<ClassAnswers> classes = classes(points.getLast());
    double mostFrequent =
        classes.stream().mapToInt(ClassAnswers::answers).max().orElseThrow()
            / (double) classes.stream().mapToInt(ClassAnswers::answers).sum();
    return new CurveByClass.Result(
        CurveResult.of(model.sha256(context), averages.curve(twin)),
        images.shape().dimensions(),
        classes,
        Stream.concat(points.stream(), Stream.of(twin.correctness(0)))
            .map(correctness -> new Grades(correctness, mostFrequent))
            .toList());
  }

  private List<ClassAnswers> classes(Correctness last) {
    int[] answers = new int[images.classes()];
    int[] right = new int[images.classes()];
    for (int i = 0; i < images.count(); i++) {
      answers[images.label(i)] += last.seeds();
      right[images.label(i)] += last.right(i);
    }
    return IntStream.range(0, answers.length)
        .mapToObj(label -> new ClassAnswers(answers[label], right[label]))
        .toList();
  }
}
