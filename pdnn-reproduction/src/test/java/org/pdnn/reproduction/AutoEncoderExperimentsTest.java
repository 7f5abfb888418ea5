package org.pdnn.reproduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.data.DataSet;
import org.pdnn.data.Digits;
import org.pdnn.experiment.Budget;
import org.pdnn.network.FanIn;
import org.pdnn.network.FixedPointWeights;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.report.Item;
import org.pdnn.report.Pictures;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Sweep;
import org.pdnn.sweep.SweepProgress;

/// The experiments with auto-encoders at the tiny budget, on drawn digits: that they run end to end
/// and are drawn from what was kept alone.
class AutoEncoderExperimentsTest {
  private static final DataSet DIGITS = Digits.generate(1, 500, 200);

  @TempDir Path folder;

  private Findings run(Experiment experiment) throws IOException {
    Findings findings =
        new Sweep(folder.resolve("cells"), 2, SweepProgress.NONE)
            .run(experiment.cells(Budget.TINY, DIGITS, 1));
    Path kept = folder.resolve(experiment.name() + ".jsonl");
    findings.write(kept);
    return Findings.read(kept);
  }

  private static List<String> ids(Reproduction drawn) {
    return drawn.items().stream().map(Item::id).toList();
  }

  /// Both in one sweep folder: figure 4b finds the auto-encoders of figure 3.
  @Test
  void facesAreDrawnAndMeasured() throws IOException {
    Reproduction panels = new Figure3().draw(run(new Figure3()));
    assertEquals(
        List.of("fig3-a", "fig3-b", "fig3-c", "fig3-d", "fig3-e", "fig3-training"), ids(panels));
    Pictures trained = (Pictures) panels.items().get(4);
    assertEquals(
        List.of("T = 1", "T = 4"),
        trained.pictures().stream().map(picture -> picture.caption()).toList());
    assertEquals(8 * 28, trained.pictures().getFirst().width());
    assertEquals(4 * 28, trained.pictures().getFirst().height());

    Reproduction distances = new Figure4b().draw(run(new Figure4b()));
    assertEquals(
        List.of(
            "fig4b-distance", "fig4b-error", "fig4b-variants", "fig4b-distances", "fig4b-training"),
        ids(distances));
    // For distance and error: two s by two steps of T; s against s at both ends; 1 bit; layers.
    assertEquals(2 * (2 * 2 + 2 + 1 + 1), distances.orderings().size());
    // A shape that holds even so: the error falls with T, though of three sets perhaps not beyond
    // the interval.
    List<Ordering> falls =
        distances.orderings().stream()
            .filter(
                one -> one.statement().contains("error") && one.statement().contains("below T ="))
            .toList();
    assertEquals(4, falls.size());
    for (Ordering fall : falls) {
      assertTrue(fall.difference().value() > 0, fall.statement());
    }
    OtherData.assertNothingOfThePaper("built-in digits", "CelebA", panels);
    OtherData.assertNothingOfThePaper("built-in digits", "CelebA", distances);
    assertTrue(distances.remarks().stream().anyMatch(text -> text.contains("FD-VGG5")));
    assertTrue(distances.remarks().stream().noneMatch(text -> text.startsWith("FID")));
  }

  @Test
  void theFpgasDecoderIsAModelFile() throws IOException {
    Reproduction drawn = new MnistVae().draw(run(new MnistVae()));
    assertEquals(
        List.of("mnist-vae-deterministic", "mnist-vae-s1", "mnist-vae-s10", "mnist-vae-training"),
        ids(drawn));
    List<Path> models;
    try (Stream<Path> files = Files.walk(folder)) {
      models = files.filter(file -> file.endsWith("model.safetensors")).toList();
    }
    assertEquals(3, models.size());
    for (Path model : models) {
      Network decoder = Model.read(model).network();
      assertEquals(List.of(10, 32, 32, 32), FanIn.used(decoder));
      assertEquals(decoder, FixedPointWeights.Q6_25.apply(decoder));
    }
  }

  @Test
  void otherFindingsAreRefused() {
    Findings none = new Findings(List.of());
    for (Experiment experiment : List.of(new Figure3(), new Figure4b(), new MnistVae())) {
      assertThrows(IllegalArgumentException.class, () -> experiment.draw(none));
    }
  }
}
