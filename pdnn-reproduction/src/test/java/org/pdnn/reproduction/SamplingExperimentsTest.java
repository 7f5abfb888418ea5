package org.pdnn.reproduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.data.DataSet;
import org.pdnn.data.Digits;
import org.pdnn.experiment.Budget;
import org.pdnn.random.Imperfection;
import org.pdnn.report.Item;
import org.pdnn.report.Table;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Sweep;
import org.pdnn.sweep.SweepProgress;

/// The studies of schemes and of imperfect words at the tiny budget, on drawn digits.
class SamplingExperimentsTest {
  private static final DataSet DIGITS = Digits.generate(1, 500, 200);

  @TempDir Path folder;

  private Reproduction drawn(Experiment experiment) throws IOException {
    Findings findings =
        new Sweep(folder.resolve("cells"), 2, SweepProgress.NONE)
            .run(experiment.cells(Budget.TINY, DIGITS, 1));
    Path kept = folder.resolve(experiment.name() + ".jsonl");
    findings.write(kept);
    return experiment.draw(Findings.read(kept));
  }

  private static Table table(Reproduction drawn, String id) {
    return drawn.items().stream()
        .filter(item -> item.id().equals(id))
        .map(Table.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everySourceOfWordsIsAFigureAndARow() throws IOException {
    Imperfection further = Imperfection.parse("telegraph:0.7");
    Reproduction drawn = drawn(new Randomness().withImperfections(List.of(further)));
    assertEquals(
        List.of(
            "randomness-bits",
            "randomness-bias",
            "randomness-correlation",
            "randomness-shared",
            "randomness-registers",
            "randomness-telegraph",
            "randomness-others",
            "randomness-accuracies",
            "randomness-equivalent-samples"),
        drawn.items().stream().map(Item::id).toList());
    assertEquals(27, table(drawn, "randomness-accuracies").rows().size());
    assertEquals(8, drawn.orderings().size());
    // The passes of a seed are the same word for word, whatever the budget.
    Ordering none = drawn.orderings().getLast();
    assertTrue(none.statement().contains("no gain at all"));
    assertEquals(Verdict.REPRODUCED, none.verdict());
  }

  @Test
  void everySchemeIsMeasuredByBitsAndByExpectation() throws IOException {
    Reproduction drawn = drawn(Schemes.perceptrons());
    // Three networks, five schemes, bits and expectation.
    assertEquals(30, table(drawn, "schemes-ten").rows().size());
    assertEquals(6, drawn.orderings().size());
    // Two layers, and two bounds of what is additive.
    assertEquals(3 * 4, table(drawn, "schemes-variance").rows().size());
  }

  /// A network frozen, and those of figure 4a with s = 1 and more, in integers.
  @Test
  void convolutionalNetworksAreSampledInIntegers() throws IOException {
    Reproduction drawn = drawn(Schemes.convolutions());
    assertEquals(30, table(drawn, "schemes-vgg5-ten").rows().size());
    assertEquals(6, drawn.orderings().size());
    // Four layers, and two bounds of what is additive.
    assertEquals(3 * 6, table(drawn, "schemes-vgg5-variance").rows().size());
    assertTrue(drawn.remarks().get(1).contains("integer, weights 8"), drawn.remarks()::toString);
  }

  /// Shapes that hold even so: in a decoder's pixels, passes that share their randomness are worth
  /// more than independent ones. The seed is fixed; it holds beyond the interval.
  @Test
  void decodersAreSampledWithoutClasses() throws IOException {
    Reproduction drawn = drawn(new DecoderSchemes());
    // Two decoders, five schemes, bits and expectation; no shares of variance.
    assertEquals(20, table(drawn, "schemes-vae-ten").rows().size());
    assertEquals(
        List.of("schemes-vae-frozen", "schemes-vae-s-2", "schemes-vae-ten"),
        drawn.items().stream().map(Item::id).toList());
    assertEquals(4, drawn.orderings().size());
    Ordering trained = drawn.orderings().get(2);
    assertEquals("s = 2, scrambled, bits: 8 passes worth more than 8", trained.statement());
    assertEquals(Verdict.REPRODUCED, trained.verdict());
  }

  @Test
  void experimentsOfOtherSubjectsTakeNoSourcesOfWords() {
    List<Imperfection> some = List.of(Imperfection.parse("bits:5"));
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> Schemes.perceptrons().withImperfections(some));
    assertEquals("schemes is not about random words; name the figure randomness", e.getMessage());
  }

  @Test
  void otherFindingsAreRefused() {
    Findings none = new Findings(List.of());
    for (Experiment experiment :
        List.of(
            new Randomness(),
            Schemes.perceptrons(),
            Schemes.convolutions(),
            new DecoderSchemes())) {
      assertThrows(IllegalArgumentException.class, () -> experiment.draw(none));
    }
  }
}
