package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.data.DataSet;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.ChosenAmplitude;
import org.pdnn.experiment.NoisyCurve;
import org.pdnn.experiment.Retrofit;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.Activation;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;

/// Figure 4c: sampling without retraining. Weights of four bits in groups of 64, noise on the
/// activations of a trained network, T noisy outputs averaged.
///
/// The paper says neither how large the noise is nor where it lies beside the max pools. The
/// amplitude is chosen on images held out of the training set; the noise lies behind the pools,
/// since the greatest of four noisy values is larger than the greatest value.
public final class Figure4c extends Experiment {
  private static final WeightFormat FOUR_BITS = WeightFormat.parse("4g");
  private static final List<Double> AMPLITUDES = List.of(0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5);

  public Figure4c() {
    super("fig4c", "Sampling without retraining", "cifar10");
  }

  @Override
  public List<Cell<?>> cells(Budget budget, DataSet data, long seed) {
    ClassifierPlan networks = ClassifierPlan.of(budget, data, seed);
    List<Cell<?>> cells = new ArrayList<>();
    for (boolean edges : new boolean[] {false, true}) {
      cells.add(curve(networks, edges));
    }
    return cells;
  }

  private static NoisyCurve curve(ClassifierPlan networks, boolean edges) {
    HeldOut held = HeldOut.of(networks.test());
    boolean tiny = networks.budget() == Budget.TINY;
    ChosenAmplitude choice =
        new ChosenAmplitude(
            networks.twin(),
            Retrofit.weights(FOUR_BITS, edges),
            Activation.SIGMOID,
            tiny ? List.of(0.1, 0.3) : AMPLITUDES,
            held.validation(),
            Evaluation.independent(tiny ? List.of(1, 2) : List.of(1, 10), networks.seed() + 1, 1));
    int seeds =
        switch (networks.budget()) {
          case TINY, QUICK -> 2;
          case STANDARD -> 5;
          case PAPER -> 20;
        };
    List<Integer> samples = tiny ? List.of(1, 2, 4) : List.of(1, 2, 3, 5, 10, 32);
    return new NoisyCurve(
        choice, held.test(), Evaluation.independent(samples, networks.seed(), seeds));
  }

  @Override
  public Reproduction draw(Findings findings) {
    return new Figure4cReport(this, findings);
  }
}
