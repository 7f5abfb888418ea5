package org.pdnn.reproduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.data.DataSet;
import org.pdnn.data.Digits;
import org.pdnn.evaluation.Estimate;
import org.pdnn.experiment.Budget;
import org.pdnn.report.Item;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Sweep;
import org.pdnn.sweep.SweepProgress;

/// Figure 4a from end to end, with the built-in digits in place of CIFAR-10.
class Figure4aTest {
  private static final DataSet DIGITS = Digits.generate(1, 1500, 1000);

  @TempDir private Path folder;

  /// Shapes that hold even so: two samples are better than one, and averaging at the end is better
  /// than averaging a frozen network layer by layer. Seeds are fixed; both hold beyond their
  /// intervals.
  @Test
  void itsShapeHolds() throws IOException {
    Figure4a experiment = new Figure4a();
    Path file = folder.resolve("fig4a.jsonl");
    new Sweep(folder.resolve("cells"), 2, SweepProgress.NONE)
        .run(experiment.cells(Budget.TINY, DIGITS, 1))
        .write(file);
    Reproduction drawn = experiment.draw(Findings.read(file));
    assertEquals(
        List.of(
            "fig4a-accuracy",
            "fig4a-layers",
            "fig4a-variants",
            "fig4a-accuracies",
            "fig4a-training"),
        drawn.items().stream().map(Item::id).toList());
    Map<String, Verdict> verdicts =
        drawn.orderings().stream()
            .collect(Collectors.toMap(Ordering::statement, Ordering::verdict));
    assertEquals(16, verdicts.size());
    assertEquals(
        Verdict.REPRODUCED,
        verdicts.get("s = 2: T = 2 above T = 1"),
        () -> drawn.orderings().toString());
    assertEquals(
        Verdict.REPRODUCED,
        verdicts.get(
            "s = 2 averaged at the end above the frozen network averaged layer by layer, T = 4"));
    assertTrue(drawn.remarks().get(1).startsWith("Trained on 1,500 images of digits"));
    OtherData.assertNothingOfThePaper("built-in digits", "CIFAR-10", drawn);
  }

  /// Averaged layer by layer, a frozen network comes nearer to its deterministic self as T grows.
  @Test
  void aFrozenNetworkIsMendedByAveragingItsLayers() throws IOException {
    FrozenSwap experiment = new FrozenSwap();
    Findings findings =
        new Sweep(folder, 2, SweepProgress.NONE).run(experiment.cells(Budget.TINY, DIGITS, 1));
    Ordering rise = experiment.draw(findings).orderings().getLast();
    assertEquals(
        "frozen, after the pools, averaged layer by layer: T = 4 above T = 1", rise.statement());
    assertEquals(Verdict.REPRODUCED, rise.verdict());
  }

  @Test
  void nothingIsDrawnFromNothing() {
    assertThrows(
        IllegalArgumentException.class, () -> new Figure4a().draw(new Findings(List.of())));
  }

  @Test
  void anOrderingHoldsBeyondItsIntervalOnly() {
    Ordering holds = new Ordering("fig. 4a", "a above b", new Estimate(1, 0.5, 1.5), "points");
    assertEquals(Verdict.REPRODUCED, holds.verdict());
    Ordering noise = new Ordering("fig. 4a", "a above b", new Estimate(1, -0.5, 2.5), "points");
    assertEquals(Verdict.NOT_REPRODUCED, noise.verdict());
    assertEquals("not reproduced: within the noise", noise.words());
    Ordering contrary =
        new Ordering("fig. 4a", "a above b", new Estimate(-1, -1.5, -0.5), "points");
    assertEquals("not reproduced: the other way round", contrary.words());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Ordering("fig. 4a", " ", Estimate.exact(1), "points"));
  }
}
