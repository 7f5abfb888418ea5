package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.pdnn.report.Exhibit;
import org.pdnn.report.Pictures;
import org.pdnn.reproduction.Generated.Grids;
import org.pdnn.reproduction.Generated.Run;
import org.pdnn.sweep.Findings;

/// Figure 3 drawn from findings: its panels a to e.
final class Figure3Report extends ExperimentReport {
  private final Generated generated;
  private final List<Exhibit> items = new ArrayList<>();

  Figure3Report(Figure3 experiment, Findings findings) {
    super(experiment, "figure 3", findings);
    this.generated = new Generated(findings);
    panel("a", "Deterministic tanh", run -> !run.random());
    panel(
        "b",
        "All neurons of the trained network replaced by p-bits, the last layer included",
        run -> run.random() && run.frozen() && run.lastIsRandom());
    panel("c", "p-bits in every layer, trained", run -> !run.frozen() && run.lastIsRandom());
    panel(
        "d",
        "Hidden p-bits trained, the last layer analog",
        run -> run.hiddenIsPBit() && run.trainedSamples() == 1 && !run.lastIsRandom());
    panel(
        "e",
        "The same, trained with the average of s samples",
        run -> run.hiddenIsPBit() && run.trainedSamples() > 1 && !run.lastIsRandom());
    if (items.isEmpty()) {
      throw new IllegalArgumentException("the findings hold nothing of figure 3");
    }
  }

  private void panel(String letter, String title, Predicate<Run> fits) {
    generated.images().stream()
        .filter(grids -> fits.test(grids.run()))
        .findFirst()
        .ifPresent(grids -> items.add(panel(letter, title, grids)));
  }

  private static Pictures panel(String letter, String title, Grids grids) {
    Run run = grids.run();
    String samples = run.hiddenIsPBit() ? ", s = %s".formatted(run.trainedSamples()) : "";
    return new Pictures(
        "fig3-" + letter,
        "Panel %s: %s".formatted(letter, title),
        "The same latent variables in every panel%s.".formatted(samples),
        grids.pictures());
  }

  @Override
  List<String> notes() {
    return generated.remarks(besideThePaper());
  }

  @Override
  public List<Exhibit> items() {
    List<Exhibit> all = new ArrayList<>(items);
    all.add(generated.training("fig3-training"));
    return all;
  }
}
