package org.pdnn.reproduction;

import java.util.List;
import java.util.function.Predicate;
import org.pdnn.data.DataSet;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.GeneratedImages;
import org.pdnn.experiment.Pictured;
import org.pdnn.experiment.TrainedVae;
import org.pdnn.sampling.Averaging;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;

/// Figure 3: faces drawn by a variational auto-encoder for CelebA with deterministic neurons, with
/// p-bits put in their place, with p-bits trained, with an analog last layer, and trained with many
/// samples.
public final class Figure3 extends Experiment {
  private static final int IMAGES = 32;
  private static final int COLUMNS = 8;

  public Figure3() {
    super("fig3", "figure 3", "Generated images", "celeba");
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
  void draw(Findings findings, Reproduction page) {
    List<Found<GeneratedImages.Result>> grids = found(findings.of(GeneratedImages.KIND));
    Decoded.remark(findings, page);
    panel(page, grids, "a", "Deterministic tanh", run -> !run.random());
    panel(
        page,
        grids,
        "b",
        "All neurons of the trained network replaced by p-bits, the last layer included",
        run -> run.frozen() && run.lastIsRandom());
    panel(
        page,
        grids,
        "c",
        "p-bits in every layer, trained",
        run -> !run.frozen() && run.lastIsRandom());
    panel(
        page,
        grids,
        "d",
        "Hidden p-bits trained, the last layer analog",
        run -> analog(run) && run.trainingSamples() == 1);
    panel(
        page,
        grids,
        "e",
        "The same, trained with the average of s samples",
        run -> analog(run) && run.trainingSamples() > 1);
    found(page.items());
    page.add(Charts.trainings("fig3-training", findings));
  }

  private static boolean analog(Run run) {
    return run.hiddenIsRandom() && !run.lastIsRandom();
  }

  private static void panel(
      Reproduction page,
      List<Found<GeneratedImages.Result>> grids,
      String letter,
      String title,
      Predicate<Run> fits) {
    grids.stream()
        .filter(found -> fits.test(new Run(found.recipe())))
        .findFirst()
        .ifPresent(found -> {
          Run run = new Run(found.recipe());
          page.add(
              Decoded.pictures(
                  "fig3-" + letter,
                  "Panel %s: %s".formatted(letter, title),
                  "The same latent variables in every panel%s."
                      .formatted(run.hiddenIsRandom() ? ", " + run.name() : ""),
                  found));
        });
  }
}
