package org.pdnn.reproduction;

import java.util.List;
import org.pdnn.data.DataSet;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.GeneratedImages;
import org.pdnn.experiment.Pictured;
import org.pdnn.experiment.TrainedVae;
import org.pdnn.sampling.Averaging;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;

/// Figure 3: faces drawn by a variational auto-encoder for CelebA with deterministic neurons, with
/// p-bits put in their place, with p-bits trained, with an analog last layer, and trained with many
/// samples.
public final class Figure3 extends Experiment {
  private static final int IMAGES = 32;
  private static final int COLUMNS = 8;

  public Figure3() {
    super("fig3", "Generated images", "celeba");
  }

  @Override
  public List<Cell<?>> cells(Budget budget, DataSet data, long seed) {
    VaePlan plan = new VaePlan(budget, data, seed);
    TrainedVae twin = plan.twin();
    List<Integer> once = List.of(1);
    List<Integer> samples = List.of(1, budget == Budget.TINY ? 4 : 32);
    int most = plan.scale().trained().getLast();
    return List.of(
        grid(Pictured.asTrained(twin), once, seed),
        grid(
            new Pictured(twin, VaePlan.TANH_PBIT, VaePlan.SIGMOID_PBIT, Averaging.END),
            samples,
            seed),
        grid(Pictured.asTrained(plan.allPBits()), samples, seed),
        grid(Pictured.asTrained(plan.pbits(1)), samples, seed),
        grid(Pictured.asTrained(plan.pbits(most)), samples, seed));
  }

  private static Cell<?> grid(Pictured decoder, List<Integer> samples, long seed) {
    return new GeneratedImages(decoder, samples, IMAGES, COLUMNS, seed);
  }

  @Override
  public Reproduction draw(Findings findings) {
    return new Figure3Report(this, findings);
  }
}
