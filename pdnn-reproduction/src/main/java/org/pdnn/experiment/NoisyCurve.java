package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;
import org.pdnn.training.BatchEvaluation;

/// A trained network with noise on its activations against T, compared with itself without noise on
/// the same images; the amplitude was chosen on other images.
public record NoisyCurve(ChosenAmplitude choice, Images images, Evaluation evaluation)
    implements Cell<NoisyCurve.Result> {
  public static final Kind<NoisyCurve.Result> KIND = new Kind<>("noise", NoisyCurve.Result.class);

  /// A measured curve and the amplitude of its noise.
  ///
  /// @param amplitude the chosen one
  public record Result(double amplitude, RetrofitResult measured) {}

  @Override
  public String title() {
    return "measuring noise of the chosen amplitude, " + choice.quiet();
  }

  @Override
  public Kind<NoisyCurve.Result> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json = Recipe.of(KIND, images, evaluation, BatchEvaluation.SAMPLER);
    json.set("quiet", choice.quiet().recipe());
    json.set("choice", choice.recipe());
    return json;
  }

  @Override
  public double work() {
    return Macs.seconds(choice.model().architecture(), true, evaluation, images.count());
  }

  @Override
  public List<Cell<?>> needs() {
    return choice.needs();
  }

  @Override
  public NoisyCurve.Result compute(Context context) throws IOException {
    double amplitude = choice.best(context);
    return new Result(
        amplitude,
        RetrofitCurve.measure(
            context,
            choice.model().network(context),
            choice.noisy(amplitude),
            choice.quiet(),
            images,
            evaluation));
  }
}
