package org.pdnn.cli.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.cli.Outcome;
import org.pdnn.cli.SmallFiles;
import org.pdnn.data.Digits;
import org.pdnn.data.Images;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.InputForm;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.network.TrainedOn;

/// Pictures and their classes, on an untrained network: the answers are arbitrary, but they are the
/// same ones.
class PredictCommandTest {
  private static final List<String> CLASSES =
      List.of("nil", "uno", "two", "three", "four", "five", "six", "seven", "eight", "nine");

  @TempDir static Path folder;
  private static Path model = Path.of("model");
  private static Path pictures = Path.of("pictures");

  @BeforeAll
  static void write() throws IOException {
    Network network =
        InitialWeights.GLOROT.of(
            Preset.network("mlp:784-16-10", Shape.of(1, 28, 28), 10, Neuron.parse("pbit:sigmoid")),
            1);
    TrainedOn trained = new TrainedOn("words", "0".repeat(64), Optional.empty(), CLASSES);
    model = folder.resolve("m.safetensors");
    new Model(network, InputForm.PIXELS, Optional.of(trained), Map.of()).write(model);
    pictures = folder.resolve("pictures");
    Random random = new Random(3);
    for (int i = 0; i < 150; i++) {
      Path file = pictures.resolve(i % 3 == 0 ? "inner" : "").resolve("p%03d.png".formatted(i));
      picture(file, 28, random);
    }
  }

  private static void picture(Path file, int side, Random random) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < side * side; i++) {
      image.getRaster().setSample(i % side, i / side, 0, random.nextInt(256));
    }
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  private static Outcome predict(Object... words) {
    return Outcome.done(Outcome.joined(new Object[] {"predict", model}, words));
  }

  @Test
  void aFolderIsAnsweredPictureByPicture() throws IOException {
    List<List<String>> rows = predict(pictures, "--format", "csv").rows();
    assertEquals(
        List.of(
            "file",
            "class",
            "probability",
            "probabilityLow",
            "probabilityHigh",
            "logit",
            "spread",
            "samples"),
        rows.getFirst());
    assertEquals(151, rows.size());
    assertEquals(pictures.resolve("inner").resolve("p000.png").toString(), rows.get(1).getFirst());
    for (List<String> row : rows.subList(1, rows.size())) {
      assertTrue(CLASSES.contains(row.get(1)), row.toString());
      double probability = Double.parseDouble(row.get(2));
      assertTrue(Double.parseDouble(row.get(3)) < probability);
      assertTrue(Double.parseDouble(row.get(4)) > probability);
      assertEquals("8", row.get(7));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--weights 32",
        "--until-confident 0.9",
        "--until-confident 0.9 --weights 32",
        "--imperfection ar1:0.5 --scheme independent"
      })
  void anAnswerDependsNeitherOnTheOthersNorOnThreads(String options) throws IOException {
    Object[] how = options.isEmpty() ? new Object[0] : options.split(" ");
    JsonNode all = answers(how, pictures, "--threads", 1);
    assertEquals(all, answers(how, pictures, "--threads", 5));
    for (int i : new int[] {0, 63, 64, 149}) {
      Path file = Path.of(all.path(i).path("file").asText());
      assertEquals(all.path(i), answers(how, file).path(0));
    }
  }

  private static JsonNode answers(Object[] how, Object... words) throws IOException {
    return predict(Outcome.joined(Outcome.joined(words, how), "--format", "json"))
        .json()
        .path("predictions");
  }

  @Test
  void allClassesMakeUpOne() throws IOException {
    Path one = pictures.resolve("p001.png");
    JsonNode json = predict(one, "--top", 10, "--samples", 16, "--format", "json").json();
    assertEquals(Set.of("model", "predictions", "failures", "provenance"), Outcome.keys(json));
    JsonNode prediction = json.path("predictions").path(0);
    assertEquals(16, prediction.path("samples").asInt());
    double sum = 0;
    double before = 1;
    for (JsonNode likely : prediction.path("classes")) {
      double probability = likely.path("probability").asDouble();
      assertTrue(probability <= before);
      before = probability;
      sum += probability;
    }
    assertEquals(1, sum, 1e-9);
    assertEquals(11, predict(one, "--top", 10).out().lines().count());
  }

  @Test
  void aPictureIsTheImageOfTheSet() throws IOException {
    Path data = SmallFiles.digits(folder.resolve("data"), 20, 10);
    Images test = Digits.generate(7, 20, 10).test();
    float[] pixels = new float[784];
    test.read(4, pixels, 0);
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < pixels.length; i++) {
      image.getRaster().setSample(i % 28, i / 28, 0, Math.round(255 * pixels[i]));
    }
    Path file = folder.resolve("four.png");
    ImageIO.write(image, "png", file.toFile());
    JsonNode ofFile = answers(new Object[0], file).path(0).path("classes");
    JsonNode ofSet = answers(new Object[0], "--data", data, "--index", 4).path(0).path("classes");
    assertEquals(ofFile, ofSet);
    JsonNode named =
        Outcome.done("predict", model, "--data", data, "--index", 4, "--format", "json").json();
    JsonNode measured = Outcome.done("confusion", model, "--data", data, "--format", "json").json();
    assertEquals(measured.path("data"), named.path("data"));
    assertEquals(measured.at("/provenance/dataSha256"), named.at("/provenance/dataSha256"));
    assertEquals(64, named.at("/provenance/dataSha256").asText().length());
  }

  @Test
  void anInputStopsOnceItIsSettled() throws IOException {
    JsonNode all = answers(new Object[0], pictures, "--until-confident", 0.9);
    JsonNode first = all.path(0);
    int samples = first.path("samples").asInt();
    assertTrue(Set.of(2, 4, 8, 16, 32).contains(samples), "T " + samples);
    JsonNode whole =
        answers(new Object[0], first.path("file").asText(), "--samples", samples).path(0);
    assertEquals(whole.path("classes"), first.path("classes"));
    assertNotEquals(
        1, all.valueStream().mapToInt(a -> a.path("samples").asInt()).distinct().count());
  }

  @Test
  void aDamagedPictureIsNamedAndTheOthersAreAnswered() throws IOException {
    Path some = folder.resolve("some");
    Random random = new Random(4);
    picture(some.resolve("a.png"), 28, random);
    picture(some.resolve("c.png"), 28, random);
    Path damaged = Files.writeString(some.resolve("b.png"), "no picture");
    Files.writeString(some.resolve("notes.txt"), "no picture either");
    Outcome outcome = Outcome.of("predict", model, some, "--format", "json");
    assertEquals(1, outcome.code());
    assertEquals(2, outcome.json().path("predictions").size());
    assertEquals(damaged.toString(), outcome.json().path("failures").path(0).path("file").asText());
    List<String> said = outcome.err().lines().toList();
    assertEquals("pdnn: left out 1 other file of the folders", said.getFirst());
    assertTrue(said.get(1).startsWith("pdnn: " + damaged), outcome.err());
    assertEquals(2, said.size());
  }

  @Test
  void otherSizesAreScaledOnDemand() throws IOException {
    Path large = folder.resolve("large.png");
    picture(large, 56, new Random(5));
    assertFalse(predict(large, "--resize").out().isEmpty());
  }

  /// A network that reads (height, width, channels), normalised, sees a colour picture as it
  /// should: its answer is that of the same network before the axes were exchanged.
  @Test
  void theModelSaysHowAPictureIsRead() throws IOException {
    // One pixel of three channels: (3, 1, 1) and (1, 1, 3) hold the same values in the same order.
    Network network =
        InitialWeights.GLOROT.of(
            Preset.network("mlp:3-8-2", Shape.of(3, 1, 1), 2, Neuron.parse("sigmoid")), 1);
    Network last = new Network(Shape.of(1, 1, 3), network.layers());
    InputForm form =
        new InputForm(
            InputForm.Axes.CHANNELS_FIRST, List.of(0.5f, 0.4f, 0.3f), List.of(0.2f, 0.3f, 0.4f));
    Path first = folder.resolve("first.safetensors");
    Path other = folder.resolve("last.safetensors");
    Path plain = folder.resolve("plain.safetensors");
    new Model(network, form, Optional.empty(), Map.of()).write(first);
    new Model(last, form.withAxes(InputForm.Axes.CHANNELS_LAST), Optional.empty(), Map.of())
        .write(other);
    new Model(network, Map.of()).write(plain);
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x20F0A0);
    Path picture = folder.resolve("pixel.png");
    ImageIO.write(image, "png", picture.toFile());
    JsonNode answer = logits(first, picture);
    assertEquals(answer, logits(other, picture));
    assertNotEquals(answer, logits(plain, picture));
  }

  private static JsonNode logits(Path model, Path picture) throws IOException {
    return Outcome.done("predict", model, picture, "--format", "json")
        .json()
        .path("predictions")
        .path(0)
        .path("classes");
  }
}
