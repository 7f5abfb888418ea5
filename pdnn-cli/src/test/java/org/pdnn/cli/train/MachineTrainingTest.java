package org.pdnn.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.cli.Outcome;
import org.pdnn.cli.SmallFiles;
import org.pdnn.cli.option.ExitCode;
import org.pdnn.files.Sha256;
import org.pdnn.ising.learning.Rbm;
import org.pdnn.ising.learning.RbmFile;
import org.pdnn.network.Model;
import org.pdnn.network.Shape;

/// `pdnn train --network rbm:...`, and what other commands make of the machine.
class MachineTrainingTest {
  @TempDir static Path folder;
  private static Path data = Path.of("data");
  private static Path machine = Path.of("machine");
  private static Outcome training = new Outcome(0, "", "");

  @BeforeAll
  static void train() throws IOException {
    data = SmallFiles.digits(folder.resolve("data"), 600, 80);
    machine = folder.resolve("rbm.safetensors");
    training =
        train(
            "rbm:784+10-40",
            machine,
            "--epochs",
            6,
            "--validation",
            100,
            "--chart",
            folder.resolve("page"),
            "--generate",
            20,
            "--format",
            "json");
  }

  private static Object[] line(String network, Path out, Object... more) {
    Object[] words = {"train", "--data", data, "--network", network, "--batch", 10, "--out", out};
    return Outcome.joined(words, more);
  }

  private static Outcome train(String network, Path out, Object... more) {
    return Outcome.done(line(network, out, more));
  }

  @Test
  void theMachineIsWrittenAndItsCourseTold() throws IOException {
    JsonNode json = training.json();
    assertEquals(Sha256.of(machine), json.path("modelSha256").asText());
    assertEquals(40 * 794 + 40 + 794, json.path("parameters").asInt());
    assertEquals(80, json.path("testImages").asInt());
    double accuracy = json.path("accuracy").asDouble();
    assertTrue(accuracy > 0.2, "accuracy " + accuracy);
    assertTrue(json.path("accuracyImagesLow").asDouble() < accuracy);
    assertTrue(json.path("accuracyImagesHigh").asDouble() > accuracy);
    assertTrue(json.path("secondsPerEpoch").asDouble() > 0);
    JsonNode course = json.path("course");
    assertEquals(6, course.size());
    assertEquals(6, course.path(5).path("epoch").asInt());
    assertEquals(json.path("validationAccuracy"), course.path(5).path("validationAccuracy"));
    assertTrue(
        course.path(5).path("pseudoLogLikelihood").asDouble()
            > course.path(0).path("pseudoLogLikelihood").asDouble() + 10,
        course.toString());
    RbmFile file = RbmFile.read(machine);
    assertEquals("rbm:784+10-40", file.rbm().toString());
    assertEquals(data.toString(), file.notes().get("data"));
    assertFalse(Files.exists(folder.resolve("rbm.safetensors.checkpoints")));
  }

  @Test
  void thePageShowsWeightsAndWhatChainsDraw() throws IOException {
    String page = Files.readString(folder.resolve("page").resolve("report.md"));
    for (String title :
        List.of(
            "Pseudo-log-likelihood against epochs",
            "Accuracy by least free energy against epochs",
            "Weights of hidden units",
            "Generated images",
            "Completed images")) {
      assertTrue(page.contains(title), page);
    }
    Path generated = folder.resolve("page").resolve("generated");
    try (Stream<Path> files = Files.walk(generated)) {
      assertEquals(20, files.filter(Files::isRegularFile).count());
    }
    assertTrue(Files.exists(generated.resolve("9").resolve("0002.png")));
  }

  @Test
  void theCourseOfANetworkIsDrawn() throws IOException {
    Path page = folder.resolve("network-page");
    train("mlp:784-8-10", folder.resolve("n.safetensors"), "--epochs", 2, "--chart", page);
    String text = Files.readString(page.resolve("figures").resolve("loss-by-epoch.csv"));
    assertTrue(text.contains("held-out images") && text.contains("images learnt from"), text);
    assertEquals(1 + 2 * 2, text.lines().count(), text);
  }

  /// A machine of few hidden units has an exact likelihood, and one without labels no accuracy.
  @Test
  void aSmallMachineWithoutLabels() throws IOException {
    Path out = folder.resolve("small.safetensors");
    Path page = folder.resolve("small-page");
    Object[] more = {"--validation", 0, "--epochs", 1, "--chart", page, "--generate", 3};
    JsonNode json = train("rbm:784-4", out, Outcome.joined(more, "--format", "json")).json();
    assertFalse(json.has("accuracy"));
    assertFalse(json.path("course").path(0).has("pseudoLogLikelihood"));
    assertTrue(json.path("logLikelihood").asDouble() < 0, json.toString());
    assertTrue(Files.exists(page.resolve("generated").resolve("0003.png")));
    String text = train("rbm:784-4", out, more).words();
    assertTrue(text.startsWith("small.safetensors: rbm:784-4, 3,924 parameters; pseudo-"), text);
    assertTrue(text.contains("Exact log-likelihood -"), text);
    String refused =
        Outcome.refused(2, "convert", out, "--unmeasured", "--out", folder.resolve("no"));
    assertTrue(refused.contains("rbm:784-4 has no labels"), refused);
  }

  /// The interrupt comes once an epoch is kept; the weights are those of a run that nobody stopped.
  @Test
  void aTrainingThatWasInterruptedGoesOn() throws IOException, InterruptedException {
    Object[] many = {"--validation", 20, "--epochs", 8};
    Path whole = folder.resolve("whole.safetensors");
    train("rbm:784+10-30", whole, many);
    Path out = folder.resolve("stopped.safetensors");
    Path checkpoint =
        folder.resolve("stopped.safetensors.checkpoints").resolve("checkpoint.safetensors");
    AtomicReference<Outcome> stopped = new AtomicReference<>(training);
    Thread work =
        new Thread(() -> stopped.set(Outcome.of(line("rbm:784+10-30", out, many))), "training");
    work.start();
    while (!Files.exists(checkpoint) && work.isAlive()) {
      Thread.sleep(5);
    }
    work.interrupt();
    work.join();
    assertEquals(ExitCode.INTERRUPTED, stopped.get().code(), stopped.get().err());
    assertTrue(stopped.get().err().contains("; --resume goes on"), stopped.get().err());
    assertTrue(Files.exists(checkpoint));
    assertFalse(Files.exists(out));
    String other =
        Outcome.refused(
            1, Outcome.joined(line("rbm:784+10-30", out, many), "--seed", 2, "--resume"));
    assertTrue(other.contains("use its options or another --out"), other);
    Outcome resumed =
        train("rbm:784+10-30", out, Outcome.joined(many, "--resume", "--format", "json"));
    assertTrue(resumed.err().contains("resumed after epoch "), resumed.err());
    assertEquals(8, resumed.json().path("course").size());
    assertEquals(-1, Files.mismatch(whole, out));
    assertFalse(Files.exists(checkpoint.resolveSibling("")));
  }

  /// Bits of the solution are visible units, labels and hidden units, in this order.
  @Test
  void theMachineIsAnIsingProblem() throws IOException {
    Rbm rbm = RbmFile.read(machine).rbm();
    for (String task : List.of("--sample", "--solve")) {
      JsonNode json =
          Outcome.done("ising", machine, task, "--sweeps", 20, "--reads", 2, "--format", "json")
              .json();
      assertEquals(834, json.path("spins").asInt());
      assertEquals(Sha256.of(machine), json.path("provenance").path("problemSha256").asText());
      JsonNode state = json.path("states").path(0);
      String bits = state.path("solution").asText();
      float[] visible = bits(bits.substring(0, 794));
      float[] hidden = bits(bits.substring(794));
      assertEquals(rbm.energy(visible, hidden), state.path("value").asDouble(), 1e-2);
    }
  }

  private static float[] bits(String text) {
    float[] bits = new float[text.length()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = text.charAt(i) - '0';
    }
    return bits;
  }

  @Test
  void theMachineBecomesANetwork() throws IOException {
    Path out = folder.resolve("network.safetensors");
    Outcome.done("convert", machine, "--unmeasured", "--out", out);
    assertEquals(Shape.of(10), Model.read(out).network().output());
    JsonNode json =
        Outcome.done("evaluate", out, "--data", data, "--samples", 8, "--format", "json").json();
    assertEquals(
        training.json().path("accuracy").asDouble(),
        json.path("curve").path(0).path("accuracy").asDouble(),
        0.15);
  }

  @ParameterizedTest
  @ValueSource(strings = {"describe", "evaluate", "predict --index 0", "energy"})
  void otherCommandsNameThoseThatTakeAMachine(String command) {
    String said =
        Outcome.refused(
            1, Outcome.joined(new Object[] {command.split(" ", -1)[0], machine}, rest(command)));
    assertTrue(said.contains("is a restricted Boltzmann machine; sample it by pdnn ising"), said);
  }

  private static Object[] rest(String command) {
    return Stream.of(command.split(" ", -1)).skip(1).toArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "rbm:784-4 --neuron tanh | --neuron is for networks, and rbm:784-4 is a restricted",
        "rbm:784-4 --samples 3 | --samples is for networks",
        "rbm:784-4 --normalise mnist | --normalise is for networks",
        "rbm:784-4 --checkpoint-seconds 3 | --checkpoint-seconds is for networks",
        "rbm:784-4 --no-flip | --flip is for networks",
        "mlp --weight-decay 0 | --weight-decay is for restricted Boltzmann machines, as --network",
        "mlp --no-persistent | --persistent is for restricted",
        "rbm:784-4 --generate 10 | --generate is for --chart",
        "rbm | 'rbm' is not a restricted Boltzmann machine; use rbm:784-500",
        "rbm:784+9-4 | rbm:784+9-4 does not fit",
        "rbm:700-4 | use rbm:784-4, or rbm:784+10-4 with labels",
        "rbm:784-4 --learning-rate 11 | the learning rate must be above 0 and at most 10, got 11.0",
        "rbm:784-4 --validation 600 | --validation must be 0 to 599, got 600",
      })
  void whatMakesNoSenseIsRefusedInOneSentence(String words, String message) {
    Object[] line = {"train", "--data", data, "--out", folder.resolve("none"), "--network"};
    String said = Outcome.refused(2, Outcome.joined(line, (Object[]) words.split(" ", -1)));
    assertTrue(said.contains(message), said);
  }
}
