package org.pdnn.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.benchmark.DataType;
import org.pdnn.benchmark.EngineProfile;
import org.pdnn.benchmark.EngineResult;
import org.pdnn.benchmark.MachineLimit;
import org.pdnn.benchmark.MeasuredEnergy;
import org.pdnn.benchmark.Quartiles;
import org.pdnn.benchmark.Task;
import org.pdnn.cli.JsonContract;
import org.pdnn.cli.Outcome;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.power.Time;
import org.pdnn.report.Document;
import picocli.CommandLine;

/// `pdnn bench inference --joules`.
class BenchInferenceEnergyTest {
  @TempDir private Path tree;

  /// A package that draws 10 W, 4 W while it is slept; each look at the clock takes 50 ms.
  private static final class FakePackage implements Time {
    private final Path file;
    private long nanoseconds;
    private long microjoules;

    FakePackage(Path tree) throws IOException {
      Path folder = Files.createDirectories(tree.resolve("intel-rapl:0"));
      Files.writeString(folder.resolve("name"), "package-0\n");
      Files.writeString(folder.resolve("max_energy_range_uj"), "262143328850\n");
      this.file = Files.writeString(folder.resolve("energy_uj"), "0\n");
    }

    private void pass(Duration time, int watts) {
      nanoseconds += time.toNanos();
      microjoules += watts * time.toNanos() / 1000;
      try {
        Files.writeString(file, microjoules + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public long nanoseconds() {
      pass(Duration.ofMillis(50), 10);
      return nanoseconds;
    }

    @Override
    public void sleep(Duration time) {
      pass(time, 4);
    }
  }

  @Test
  void energyIsMeasuredBesideTime() throws IOException {
    StringWriter out = new StringWriter();
    CommandLine command = new CommandLine(new BenchInferenceCommand(new FakePackage(tree)));
    command.setOut(new PrintWriter(out));
    command.setCaseInsensitiveEnumValuesAllowed(true);
    String line =
        "--network mlp:784-8-10 --batch 2 --rounds 5 --engines integer-4 --format json --joules ";
    assertEquals(0, command.execute((line + tree).split(" ", -1)));
    JsonContract.check(new String[] {"bench", "inference"}, out.toString());
    JsonNode json = new JsonMapper().readTree(out.toString());
    assertEquals("package-0", json.path("idle").path("counters").path(0).asText());
    double idle = json.path("idle").path("medianMilliwatts").asDouble();
    assertTrue(idle > 4000 && idle < 5000, "idle at " + idle);
    JsonNode row = json.path("engines").path(0);
    assertTrue(row.path("medianMicrosecondsPerInput").asDouble() > 0);
    double net = row.path("medianNetNanojoulesPerInput").asDouble();
    double gross = row.path("medianGrossNanojoulesPerInput").asDouble();
    assertEquals((10_000 - idle) / 10_000, net / gross, 1e-6);
  }

  @Test
  void theTableHasAColumnMore() throws IOException {
    Task task =
        new Task(
            InitialWeights.GLOROT.of(
                Preset.network("mlp:784-8-10", Shape.of(1, 28, 28), 10, Neuron.parse("sigmoid")),
                1),
            new float[1][784],
            1,
            1);
    EngineResult result =
        new EngineResult(
            new EngineProfile("some", DataType.FP32, true, 1),
            new Quartiles(1, 2, 3),
            OptionalDouble.empty(),
            1,
            1,
            1,
            OptionalDouble.empty());
    MeasuredEnergy energy =
        new MeasuredEnergy(
            List.of("package-0", "package-0 dram"),
            new Quartiles(3999.6, 4100, 4200),
            List.of(
                new MeasuredEnergy.PerInput(
                    new Quartiles(-5, 60, 70), new Quartiles(150, 160, 170))));
    Document document =
        new BenchInferenceDocument(
                task,
                List.of(1),
                5,
                new MachineLimit(1, 1, 1),
                List.of(result),
                Optional.of(energy))
            .of("some", "untrained", "zeros");
    List<String> lines = document.csv().lines().toList();
    assertTrue(
        lines
            .getFirst()
            .endsWith(
                ",medianNetNanojoulesPerInput,lowerQuartileNetNanojoulesPerInput"
                    + ",upperQuartileNetNanojoulesPerInput,medianGrossNanojoulesPerInput"
                    + ",lowerQuartileGrossNanojoulesPerInput,upperQuartileGrossNanojoulesPerInput"),
        document.csv());
    assertTrue(lines.getLast().endsWith(",60,-5,70,160,150,170"), document.csv());
    assertTrue(document.text().contains("  60   -5 to 70 "), document.text());
    assertTrue(
        document
            .text()
            .endsWith(
                "\nIdle power 4100 mW (quartiles 4000 to 4200), all programs, counted by"
                    + " package-0, package-0 dram.\n"),
        document.text());
    JsonNode row = new JsonMapper().readTree(document.json()).path("engines").path(0);
    assertEquals(-5, row.path("lowerQuartileNetNanojoulesPerInput").asDouble());
    assertEquals(170, row.path("upperQuartileGrossNanojoulesPerInput").asDouble());
    assertFalse(row.has("agreement"));
  }

  @Test
  void aMachineWithoutCountersSaysSoAtOnce() {
    assertEquals(
        "this machine has no power counters of a processor under " + tree,
        Outcome.refused(1, "bench", "inference", "--joules", tree));
  }

  @Test
  void aBrokenCounterIsNamed() throws IOException {
    Path file = new FakePackage(tree).file;
    Files.writeString(file, "much");
    assertEquals(
        file + " must be a whole number of 1 to 18 digits",
        Outcome.refused(1, "bench", "inference", "--joules", tree));
  }

  @Test
  void fewRoundsAreRefused() {
    assertEquals(
        "--joules needs --rounds of at least 5, got 4",
        Outcome.refused(2, "bench", "inference", "--rounds", 4, "--joules", tree));
  }
}
