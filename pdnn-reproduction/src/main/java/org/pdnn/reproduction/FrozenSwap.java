package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.data.DataSet;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.Retrofit;
import org.pdnn.experiment.RetrofitCurve;
import org.pdnn.network.LastHidden;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;

/// p-bits put in place of the neurons of a trained deterministic network, which is not trained
/// again: averaged at the end of the model and layer by layer, before the max pools and behind
/// them.
public final class FrozenSwap extends Experiment {
  public FrozenSwap() {
    super("swap", "p-bits in a frozen deterministic network", "cifar10");
  }

  @Override
  public List<Cell<?>> cells(Budget budget, DataSet data, long seed) {
    ClassifierPlan networks = ClassifierPlan.of(budget, data, seed);
    List<Cell<?>> cells = new ArrayList<>();
    for (Averaging averaging : Averaging.values()) {
      for (boolean behind : new boolean[] {false, true}) {
        cells.add(curve(networks, averaging, behind, Scheme.INDEPENDENT, LastHidden.BITS));
      }
    }
    cells.add(curve(networks, Averaging.END, true, Scheme.SCRAMBLED, LastHidden.BITS));
    cells.add(curve(networks, Averaging.END, true, Scheme.SCRAMBLED, LastHidden.EXPECTATION));
    return cells;
  }

  private static RetrofitCurve curve(
      ClassifierPlan networks,
      Averaging averaging,
      boolean behind,
      Scheme scheme,
      LastHidden last) {
    int seeds =
        switch (networks.budget()) {
          case TINY, QUICK, STANDARD -> 2;
          case PAPER -> 10;
        };
    List<Integer> samples =
        networks.budget() == Budget.TINY ? List.of(1, 2, 4) : List.of(1, 2, 3, 5, 10, 32);
    return new RetrofitCurve(
        networks.twin(),
        Retrofit.neurons(ClassifierPlan.PBIT, behind),
        Retrofit.NONE,
        networks.test(),
        new Evaluation(samples, scheme, averaging, last, Outputs.LOGITS, networks.seed(), seeds));
  }

  @Override
  public Reproduction draw(Findings findings) {
    return new FrozenSwapReport(this, findings);
  }
}
