package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.EightBits;
import org.pdnn.experiment.Retrofit;
import org.pdnn.experiment.RetrofitCurve;
import org.pdnn.experiment.TrainedNetwork;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.Neuron;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;

/// Fewer bits elsewhere: networks of one-bit weights (BinaryConnect), of one-bit weights and
/// activations (binarised), and in integers of eight bits, beside p-bits.
public final class Baselines extends Experiment {
  private static final int CALIBRATION = 500;

  public Baselines() {
    super("baselines", "Samples or bits", "cifar10");
  }

  @Override
  public List<Cell<?>> cells(Budget budget, DataSet data, long seed) {
    ClassifierPlan networks = ClassifierPlan.of(budget, data, seed);
    Images training = networks.training();
    List<Cell<?>> cells = new ArrayList<>();
    cells.add(curve(networks, networks.twin(), Retrofit.NONE));
    cells.add(curve(networks, networks.twin(), Retrofit.weights(WeightFormat.parse("4g"), false)));
    cells.add(new EightBits(networks.twin(), Budget.some(training, CALIBRATION), networks.test()));
    cells.add(curve(networks, networks.deterministic(1), Retrofit.NONE));
    cells.add(curve(networks, networks.binary(Neuron.parse("sigmoid")), Retrofit.NONE));
    cells.add(curve(networks, networks.binary(Neuron.parse("tanh:1bit")), Retrofit.NONE));
    int s = budget == Budget.STANDARD || budget == Budget.PAPER ? 5 : 2;
    cells.add(curve(networks, networks.pdnn(s), Retrofit.NONE));
    cells.add(curve(networks, networks.binaryPdnn(1), Retrofit.NONE));
    return cells;
  }

  private static RetrofitCurve curve(
      ClassifierPlan networks, TrainedNetwork model, Retrofit retrofit) {
    List<Integer> samples =
        networks.budget() == Budget.TINY ? List.of(1, 2, 4) : List.of(1, 2, 3, 5, 10, 32);
    return new RetrofitCurve(
        model,
        retrofit,
        Retrofit.NONE,
        networks.test(),
        Evaluation.independent(samples, networks.seed(), 2));
  }

  @Override
  public Reproduction draw(Findings findings) {
    return new BaselinesReport(this, findings);
  }
}
