package org.pdnn.reproduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.data.DataSet;
import org.pdnn.data.Digits;
import org.pdnn.data.Images;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.CurveByClass;
import org.pdnn.experiment.FrozenNetwork;
import org.pdnn.experiment.MeasuredCurve;
import org.pdnn.experiment.StartSearch;
import org.pdnn.report.Choice;
import org.pdnn.report.Figure;
import org.pdnn.report.Item;
import org.pdnn.report.Table;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Sweep;
import org.pdnn.sweep.SweepProgress;

/// Figure 4c, the frozen swap, one-bit weights and equal widths run from end to end on a few
/// digits: numbers that mean little, drawn from what was written to disk.
class ExperimentsTest {
  private static final DataSet DIGITS = Digits.generate(1, 400, 100);

  @TempDir Path folder;

  private Findings run(Experiment experiment) throws IOException {
    return run(experiment, 100_000);
  }

  /// @param most bytes of what is written: results are numbers, not data
  private Findings run(Experiment experiment, int most) throws IOException {
    List<Cell<?>> cells = experiment.cells(Budget.TINY, DIGITS, 1);
    Findings found = new Sweep(folder, 1, SweepProgress.NONE).run(cells);
    Path file = folder.resolve(experiment.name() + ".jsonl");
    found.write(file);
    assertTrue(Files.size(file) < most);
    return Findings.read(file);
  }

  private static List<String> ids(Reproduction drawn) {
    return drawn.items().stream().map(Item::id).toList();
  }

  @Test
  void allThreeAreComputedAndDrawn() throws IOException {
    Figure4c noise = new Figure4c();
    Reproduction drawn = noise.draw(run(noise));
    assertEquals(List.of("fig4c-accuracy", "fig4c-gains", "fig4c-amplitude"), ids(drawn));
    OtherData.assertNothingOfThePaper("built-in digits", "CIFAR-10", drawn);
    // Three T against none and the rise, with edges of eight bits and of four.
    assertEquals(8, drawn.orderings().size());
    assertTrue(drawn.items().get(1) instanceof Table table && table.rows().size() == 6);

    FrozenSwap swap = new FrozenSwap();
    Reproduction swapped = swap.draw(run(swap));
    assertTrue(swapped.items().getFirst() instanceof Figure figure && figure.series().size() == 7);
    assertEquals(4, swapped.orderings().size());

    OneBitWeights weights = new OneBitWeights();
    Reproduction beside = weights.draw(run(weights));
    assertEquals(
        List.of("one-bit-weights-sram65", "one-bit-weights-hbm2-sram65", "one-bit-weights-table"),
        ids(beside));
    // Two networks of one pass, a p-DNN at three T.
    assertTrue(beside.items().get(2) instanceof Table table && table.rows().size() == 5);
    assertFalse(beside.remarks().isEmpty());
  }

  /// Both sides with weights of equal bits, over three training runs.
  @Test
  void samplesAndBitsAreComparedAtEqualWidths() throws IOException {
    EqualWidths experiment = EqualWidths.vgg5();
    // Its 57 cells keep which images were right.
    Findings findings = run(experiment, 200_000);
    Reproduction drawn = experiment.draw(findings);
    assertEquals(
        List.of(
            "equal-widths-8-bit",
            "equal-widths-answers",
            "equal-widths-accuracies",
            "equal-widths-starts",
            "equal-widths-trainings"),
        ids(drawn));
    // Three deterministic networks, p-bits before and after the pools, two schemes, two T; with
    // weights of 8 bits and of 32.
    assertTrue(drawn.items().get(2) instanceof Table table && table.rows().size() == 2 * (3 + 8));
    // One bit, p-bits before the pools and after them.
    assertTrue(drawn.items().get(3) instanceof Table table && table.rows().size() == 3);
    // All starts are searched on the first run, on training images that it did not learn from.
    assertEquals(1, starts(findings, "seed").size());
    assertEquals(1, starts(findings, "dataSha256").size());
    // Two samples over one bit and one within a point of 32 bits, by two schemes and at two widths.
    assertEquals(8, drawn.orderings().size());
  }

  /// A network that branches, by the same class: in integers too.
  @Test
  void aResidualNetworkIsComparedAtEqualWidthsToo() throws IOException {
    Findings findings = run(EqualWidths.resnet8(), 200_000);
    Reproduction drawn = EqualWidths.resnet8().draw(findings);
    assertEquals(
        List.of(
            "residual-8-bit",
            "residual-answers",
            "residual-accuracies",
            "residual-starts",
            "residual-trainings"),
        ids(drawn));
    Table numbers = (Table) drawn.items().get(2);
    // Deterministic neurons of 32 and 8 bits and of one, p-bits by two schemes at two T, with
    // weights of 8 bits and of 32; the conversion with those of 8.
    assertEquals(2 * (2 + 1 + 2 * 2) + 2 * 2, numbers.rows().size());
    assertTrue(numbers.caption().contains("up to 8-bit activations are run in integers"));
    assertTrue(
        drawn.items().getFirst() instanceof Choice front
            && front.caption().contains("up to 8-bit activations are run in integers"));
    assertTrue(drawn.items().get(3) instanceof Table table && table.rows().size() == 2);
    assertEquals(1, findings.of(FrozenNetwork.KIND).size());
    // With weights of 8 bits two schemes of the conversion too, with those of 32 bits none.
    assertEquals(2 + 1 + 2 + 2, findings.of(CurveByClass.KIND).size());
    assertEquals(2 + 1 + 2, findings.of(MeasuredCurve.KIND).size());
  }

  @Test
  void placesOfPBitsAreComparedWithEachOther() throws IOException {
    Findings findings = run(EqualWidths.resnet8Places(), 200_000);
    Reproduction drawn = EqualWidths.resnet8Places().draw(findings);
    // Three functions of deterministic neurons in 32 and 8 bits, p-bits in three places by two
    // schemes at two T, with weights of 8 bits and of 32.
    Table numbers = (Table) drawn.items().get(2);
    assertEquals(2 * 3 * (2 + 2 * 2), numbers.rows().size());
    assertTrue(drawn.items().get(3) instanceof Table table && table.rows().size() == 3);
    assertTrue(findings.of(FrozenNetwork.KIND).isEmpty());
  }

  private static Set<String> starts(Findings findings, String key) {
    Set<String> values = new HashSet<>();
    for (var found : findings.of(StartSearch.KIND)) {
      values.add(found.recipe().word(key));
    }
    return values;
  }

  @Test
  void whatWasNotFoundIsNotDrawn() {
    Findings none = new Findings(List.of());
    for (Experiment experiment :
        List.of(
            new Figure4c(),
            new FrozenSwap(),
            new OneBitWeights(),
            EqualWidths.vgg5(),
            EqualWidths.resnet8(),
            EqualWidths.resnet8Places())) {
      assertThrows(IllegalArgumentException.class, () -> experiment.draw(none));
    }
  }

  /// Choices are made on images that neither teach nor measure.
  @Test
  void validationImagesAreHeldOut() {
    DataSet digits = Digits.generate(1, 1, 100);
    HeldOut held = HeldOut.of(digits.test());
    Images mixed = digits.test().stratified(1);
    assertEquals(mixed.first(20).sha256(), held.validation().sha256());
    assertEquals(mixed.slice(20, 100).sha256(), held.test().sha256());
  }

  @Test
  void figuresShareTheNetworksThatTheyHaveInCommon() {
    DataSet digits = Digits.generate(1, 2000, 500);
    List<Cell<?>> networks = new ArrayList<>();
    for (Experiment experiment : List.of(new Figure4a(), new Figure4c(), new FrozenSwap())) {
      experiment.cells(Budget.TINY, digits, 1).forEach(cell -> networks.addAll(needed(cell)));
    }
    Set<String> twins = new HashSet<>();
    for (Cell<?> cell : networks) {
      JsonNode recipe = cell.recipe();
      if (recipe.path("kind").asText().equals("network")
          && recipe.path("neuron").asText().equals("sigmoid")) {
        twins.add(recipe.toString());
      }
    }
    assertEquals(1, twins.size());
  }

  private static List<Cell<?>> needed(Cell<?> cell) {
    List<Cell<?>> all = new ArrayList<>(cell.needs());
    cell.needs().forEach(one -> all.addAll(needed(one)));
    return all;
  }
}
