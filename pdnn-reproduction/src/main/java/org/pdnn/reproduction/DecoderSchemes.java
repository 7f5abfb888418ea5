package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.pdnn.data.DataSet;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.Pictured;
import org.pdnn.experiment.SampledImages;
import org.pdnn.network.LastHidden;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;

/// What T passes of each scheme are worth to a decoder of faces, by bits and by expectation in the
/// last hidden layer: p-bits put into the deterministic auto-encoder of figure 4b, and trained
/// ones.
public final class DecoderSchemes extends Experiment {
  /// N_eq that scrambled passes with expectation are to exceed at T = 8: what independent ones
  /// have.
  private static final double TARGET = 8;

  public DecoderSchemes() {
    super("schemes-vae", "", "What samples are worth by scheme, auto-encoder", "celeba");
  }

  @Override
  public List<Cell<?>> cells(Budget budget, DataSet data, long seed) {
    VaePlan plan = new VaePlan(budget, data, seed);
    int images =
        switch (budget) {
          case TINY -> 4;
          case QUICK -> 8;
          case STANDARD -> 16;
          case PAPER -> 64;
        };
    List<Integer> samples = budget == Budget.TINY ? List.of(1, 2, 8) : List.of(1, 2, 4, 8, 16);
    int seeds = budget == Budget.TINY ? 2 : 5;
    List<Pictured> decoders =
        List.of(
            new Pictured(plan.twin(), VaePlan.TANH_PBIT, VaePlan.SIGMOID, Averaging.END),
            Pictured.asTrained(plan.pbits(plan.scale().trained().getLast())));
    List<Cell<?>> cells = new ArrayList<>();
    for (Pictured decoder : decoders) {
      for (Scheme scheme : Scheme.values()) {
        for (LastHidden last : LastHidden.values()) {
          cells.add(
              new SampledImages(
                  decoder,
                  images,
                  new Evaluation(
                      samples, scheme, Averaging.END, last, Outputs.LOGITS, seed, seeds)));
        }
      }
    }
    return cells;
  }

  @Override
  void draw(Findings findings, Reproduction page) {
    List<SchemeCurve> curves = new ArrayList<>();
    for (Found<SampledImages.Result> found : found(findings.of(SampledImages.KIND))) {
      Curve curve = new Curve(new TreeMap<>(), 1);
      found
          .result()
          .curve()
          .forEach(worth -> curve.values().put(worth.samples(), worth.equivalentSamples()));
      curves.add(new SchemeCurve(new Run(found.recipe()), curve));
    }
    SchemeCurve.draw(curves, TARGET, page);
  }
}
