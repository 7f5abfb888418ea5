package org.pdnn.cli.ising;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.cli.Outcome;
import org.pdnn.cli.option.ExitCode;

/// `pdnn ising` on small problems.
class IsingCommandTest {
  @TempDir private Path folder;

  private static JsonNode json(Object... words) throws IOException {
    return Outcome.done(
            Outcome.joined(
                Outcome.joined(new Object[] {"ising"}, words), "--format", "json", "--threads", 2))
        .json();
  }

  /// A square with a diagonal: at most four of its five edges are cut.
  @Test
  void aGraphIsCutAndTheTimeIsSaid() throws IOException {
    Path graph = Files.writeString(folder.resolve("square.txt"), "4 5\n1 2\n2 3\n3 4\n4 1\n1 3\n");
    JsonNode json = json(graph, "--sweeps", 100, "--reads", 70, "--target", 4);
    assertEquals("square.txt", json.path("problem").asText());
    assertEquals(4, json.path("bestValue").asDouble());
    assertEquals(70, json.path("numReads").asInt());
    assertEquals(json.path("bestReads"), json.path("hits"));
    assertTrue(json.path("secondsToSolution").asDouble() > 0);
    assertTrue(json.path("nanojoulesToSolution").asDouble() > 0);
    int reads = 0;
    for (JsonNode state : json.path("states")) {
      reads += state.path("numOccurrences").asInt();
    }
    assertEquals(70, reads);
  }

  @Test
  void aNumberIsFactored() {
    String text = Outcome.done("ising", "factor:15", "--sweeps", 1000, "--reads", 64).out();
    assertTrue(text.startsWith("factor:15: penalty 0 in "), text);
    assertTrue(text.contains("Solution: 3 x 5 = 15"), text);
  }

  @Test
  void temperingReportsTheBestOfItsReplicas() throws IOException {
    JsonNode json =
        json(
            "loops:10x10:80",
            "--replicas",
            16,
            "--cluster-moves",
            "--sweeps",
            2000,
            "--beta",
            "0.2..2");
    assertEquals(json.path("targetValue"), json.path("bestValue"));
    assertEquals(16, json.path("replicas").asInt());
    assertEquals(1, json.path("numReads").asInt());
    assertEquals(16, json("and", "--replicas", 4, "--sweeps", 15).path("numSweeps").asInt());
  }

  @Test
  void samplesComeWithTheirCertificate() throws IOException {
    Path page = folder.resolve("page");
    JsonNode json =
        json(
            "triangle",
            "--sample",
            "--reads",
            2000,
            "--sweeps",
            100,
            "--certificate",
            "--chart",
            page);
    assertTrue(json.path("believed").asBoolean(), json.toString());
    assertTrue(json.path("effectiveBetaLow").asDouble() < 1, json.toString());
    assertTrue(json.path("effectiveBetaHigh").asDouble() > 1, json.toString());
    JsonNode first = json.path("states").path(0);
    assertEquals(0.1657, first.path("exactProbability").asDouble(), 1e-4);
    assertEquals(first.path("share").asDouble(), first.path("exactProbability").asDouble(), 0.04);
    String text = Files.readString(page.resolve("report.md"));
    assertTrue(text.contains("nothing speaks against them"), text);
    assertTrue(text.contains("Energy against sweeps"), text);
  }

  /// Couplings of thirds have no circuit; nothing is written.
  @Test
  void couplingsThatAreNotWholeHaveNoCircuit() throws IOException {
    Path file = Files.writeString(folder.resolve("q.txt"), "# vartype=SPIN\n0 1 0.3333\n");
    Path machine = folder.resolve("machine");
    String said = Outcome.refused(2, "ising", file, "--sample", "--verilog", machine);
    assertEquals(
        "a circuit has whole couplings and fields, at most 127 at a spin together; scale and round them",
        said);
    assertFalse(Files.exists(machine));
  }

  @Test
  void samplesThatCannotBeBelievedFail() {
    Outcome outcome =
        Outcome.of(
            "ising", "lattice:16x16", "--sample", "--sweeps", 10, "--beta", 0.6, "--certificate");
    assertEquals(ExitCode.FAILED, outcome.code());
    assertTrue(outcome.out().contains("not to be believed"), outcome.out());
    assertTrue(outcome.out().contains("--sweeps"), outcome.out());
  }

  /// p-bits that are up too often by 2 of 100.
  @Test
  void anImperfectionOfTheWordsIsFoundOut() {
    Outcome outcome =
        Outcome.of(
            "ising",
            "glass:16x16",
            "--sample",
            "--beta",
            0.3,
            "--sweeps",
            400,
            "--reads",
            512,
            "--imperfection",
            "bias:0.02",
            "--certificate");
    assertEquals(ExitCode.FAILED, outcome.code());
    assertTrue(outcome.out().contains("lean to one side"), outcome.out());
  }

  /// Registers are a generator of their own, and a schedule of one's own has its ends.
  @Test
  void generatorsAndSchedulesAreChosen() throws IOException {
    JsonNode json = json("and", "--generator", "lfsr32", "--beta", "0.1,0.5,3", "--sweeps", 60);
    assertEquals(0.1, json.path("betaFrom").asDouble());
    assertEquals(3, json.path("betaTo").asDouble());
    assertEquals("lfsr32", json.path("provenance").path("generator").asText());
    assertEquals(0, json.path("bestValue").asDouble());
  }

  /// The samples are those of the circuit that is written.
  @Test
  void aCircuitIsWrittenThatDrawsTheSamples() throws IOException {
    Path machine = folder.resolve("machine");
    Object[] words = {
      "glass:4x4", "--sample", "--beta", 0.5, "--reads", 256, "--sweeps", 100, "--certificate"
    };
    JsonNode json = json(Outcome.joined(words, "--verilog", machine));
    assertTrue(json.path("believed").asBoolean(), json.toString());
    assertEquals("lfsr32", json.path("provenance").path("generator").asText());
    // Two colours of 8 spins at once: four terms, a bias and three cycles.
    assertEquals(8, json.path("elements").asInt());
    assertEquals(2 * (4 + 1 + 3), json.path("cyclesPerSweep").asInt());
    for (String name : List.of("boltzmann_machine.v", "bench.v", "Makefile", "README.md")) {
      assertTrue(Files.isRegularFile(machine.resolve(name)), name);
    }
    assertEquals(2 * 100, Files.readAllLines(machine.resolve("bench_states.hex")).size());
    assertNotEquals(json.path("effectiveBeta"), json(words).path("effectiveBeta"));
    String said =
        Outcome.refused(
            ExitCode.FAILED,
            Outcome.joined(new Object[] {"ising"}, Outcome.joined(words, "--verilog", machine)));
    assertEquals(machine + " is in use; name a new folder, or remove it first", said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "torus | 1 | 'torus' is neither a file nor one of triangle, lattice:RxC",
        "lattice:2x5 | 2 | rows of a lattice must be at least 3, got 2",
        "factor:3 | 2 | a product must be 4 to 1048576, got 3",
        "loops:9x9 | 2 | 'loops:9x9' names no problem; known are triangle",
        "and --sample --replicas 4 | 2 | --replicas is for --solve",
        "and --replicas 4 --beta 1,2 | 2 | --replicas 4 takes 4 betas, or --beta FROM..TO; got 2",
        "and --certificate | 2 | --certificate is for --sample",
        "and --cluster-moves | 2 | --cluster-moves is for --replicas",
        "and --sample --beta 1..2 | 2 | --sample is at one --beta, as in --beta 0.5",
        "and --verilog machine | 2 | --verilog is for --sample",
        "and --sample --verilog m --order sequential | 2 | leave out --order, --generator and --imperfection",
        "and --sample --verilog m --generator lfsr32 | 2 | leave out --order, --generator and --imperfection",
        "lattice:40x40 --sample --verilog m | 2 | spins of a circuit must be 1 to 1024, got 1600",
        "and --imperfection rust | 2 | unknown imperfection 'rust'",
        "and --beta -1 | 2 | beta must be finite and at least 0, got -1.0",
        "and --beta 0..2 | 2 | a geometric schedule needs a beta above 0, got 0",
      })
  void whatCannotBeDoneIsRefusedInOneSentence(String words, int code, String message) {
    String said =
        Outcome.refused(code, Outcome.joined(new Object[] {"ising"}, (Object[]) words.split(" ")));
    assertTrue(said.contains(message), said);
  }
}
