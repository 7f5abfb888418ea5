package org.pdnn.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyPoint;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Workload;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Precision;
import org.pdnn.sweep.Address;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Sweep;
import org.pdnn.sweep.SweepProgress;
import org.pdnn.tradeoff.Pricing;

class EnergyGridTest {
  @TempDir private Path folder;

  private static EnergyGrid grid(String json) throws IOException {
    return EnergyGrid.read(json.replace('\'', '"').getBytes(UTF_8), "grid.json");
  }

  @Test
  void pointsAreThoseOfTheEnergyModel() throws IOException {
    List<Cell<?>> cells =
        grid("{'network': 'mlp:20-10-3', 'scheme': ['independent', 'scrambled'],"
                + " 'weightBits': [4, 32], 'technology': 'hbm2-sram65',"
                + " 'memoryPicojoulesPerBit': '0..2:0.5', 'samples': '1..3,8'}")
            .cells();
    Sweep sweep = new Sweep(folder, 2, SweepProgress.NONE);
    Findings findings = sweep.run(cells);
    assertEquals(4, findings.of(EnergyBlock.KIND).size());
    Workload workload = Workload.of(Preset.network("mlp:20-10-3", Neuron.parse("pbit:sigmoid")));
    int checked = 0;
    for (Cell<?> cell : cells) {
      List<String> lines = Files.readAllLines(EnergyBlock.file(sweep.folder(cell)));
      assertEquals(1 + 5 * 4, lines.size());
      for (String line : lines.subList(1, lines.size())) {
        String[] point = line.split(",", -1);
        Technology technology =
            Technology.named(point[4])
                .withWeightMemory(Joules.ofPicojoules(Double.parseDouble(point[6])));
        EnergyModel model =
            new Pricing(technology, Convention.named(point[5]))
                .model(Scheme.parse(point[3]), LastHidden.BITS, Precision.parse(point[2]));
        int samples = Integer.parseInt(point[7]);
        EnergyPoint expected = model.points(workload, samples, samples).getFirst();
        double total = expected.energy().total().nanojoules();
        assertEquals(total, Double.parseDouble(point[12]), 1e-12 * total, line);
        assertEquals(expected.gain(), Double.parseDouble(point[13]), 1e-12 * expected.gain(), line);
        checked++;
      }
    }
    assertEquals(4 * 5 * 4, checked);
  }

  @Test
  void aLargeGridIsManyCellsOfItsOwnAddresses() throws IOException {
    List<Cell<?>> cells =
        grid("{'network': 'mlp:20-10-3', 'memoryPicojoulesPerBit': '0..5:0.001', 'samples': '1..100'}")
            .cells();
    assertEquals(11, cells.size());
    assertEquals(11, cells.stream().map(Address::of).distinct().count());
    double points = cells.stream().mapToDouble(Cell::work).sum();
    assertTrue(points > 0);
  }

  @Test
  void withoutMemoriesTheTechnologysOwnCounts() throws IOException {
    Cell<?> cell = grid("{'network': 'mlp:20-10-3', 'samples': 4}").cells().getFirst();
    Sweep sweep = new Sweep(folder, 1, SweepProgress.NONE);
    sweep.run(List.of(cell));
    List<String> lines = Files.readAllLines(EnergyBlock.file(sweep.folder(cell)));
    assertEquals(2, lines.size());
    assertTrue(lines.get(1).startsWith("mlp:20-10-3,pbit:sigmoid,8,scrambled,sram65,strict,"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'samples': 1}                                       | a grid needs a 'network', as in {"network": "vgg5", "samples": "1..128"}
          {'network': 'vgg5', 'T': 1}                          | unknown key 'T'; a grid has convention, memoryPicojoulesPerBit, network, neuron, samples, scheme, technology, weightBits
          {'network': {'a': 1}}                                | 'network' must be a text or a number, or a list of some of these
          {'network': []}                                      | 'network' must be a text or a number, or a list of some of these
          {'network': 'mlp', 'samples': '5..1'}                | '5..1' is not a list of numbers; use 1,2,4, FROM..TO or FROM..TO:STEP upwards, as in 0..5:0.5
          {'network': 'mlp', 'samples': 0}                     | samples must be whole numbers from 1 to 65536, got 0
          {'network': 'mlp', 'memoryPicojoulesPerBit': -1}     | 'memoryPicojoulesPerBit' must be 0 to 1000000, got -1
          {'network': 'mlp', 'technology': 'sram'}             | unknown technology 'sram' (did you mean 'sram65'?); use
          {'network': 'mlp', 'memoryPicojoulesPerBit': '0..9:0.0001', 'samples': '1..60000'} | a grid has at most 1000000000 points, this one has 5400060000
          {'network': 'mlp', 'neuron': 'sigmoid', 'scheme': 5} | unknown scheme
          """)
  void wrongGridsAreRefused(String json, String sentence) {
    IOException refused = assertThrows(IOException.class, () -> grid(json).cells());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.startsWith("grid.json: " + sentence), message);
  }
}
