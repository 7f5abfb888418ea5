package org.pdnn.cli.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.cli.Outcome;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.Layer;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// What `pdnn convert` advises for networks that tell pictures by how red they are. Their first
/// hidden values are v + 0.04 for light pictures and v - 0.04 for dark ones: few bits tell them
/// apart only if a level begins between them, p-bits at any v, since many have the same mean.
class ShadesTest {
  private static final int SIDE = 16;
  private static final int DARK = 0x64;
  private static final int LIGHT = 0x6e;

  @TempDir private Path folder;

  /// Pictures of one colour, by class 8 for training and 20 for testing, with noise of one level.
  private Path pictures(int... colours) throws IOException {
    Random random = new Random(1);
    for (String part : List.of("train", "test")) {
      for (int label = 0; label < colours.length; label++) {
        Path of = folder.resolve("data").resolve(part).resolve("class" + label);
        Files.createDirectories(of);
        for (int i = 0; i < (part.equals("train") ? 8 : 20); i++) {
          BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
          for (int p = 0; p < SIDE * SIDE; p++) {
            picture.setRGB(p % SIDE, p / SIDE, colours[label] + 0x010101 * random.nextInt(2));
          }
          ImageIO.write(picture, "png", of.resolve(i + ".png").toFile());
        }
      }
    }
    return folder.resolve("data");
  }

  private static int colour(int red, int green) {
    return red << 16 | green << 8 | green;
  }

  private Path reds() throws IOException {
    return pictures(colour(DARK, 0), colour(LIGHT, 0));
  }

  /// A convolution of which every output channel reads its inputs at the centre alone, weighted by
  /// channel.
  private static Convolution centre(int outputs, float bias, float... byInput) {
    int inputs = byInput.length;
    float[] weights = new float[outputs * inputs * 9];
    for (int at = 4; at < weights.length; at += 9) {
      weights[at] = byInput[at / 9 % inputs];
    }
    return new Convolution(
        new Tensor(Shape.of(outputs, inputs, 3, 3), weights),
        Tensor.filled(Shape.of(outputs), bias),
        1,
        1);
  }

  /// Two layers of hidden neurons; the first class is told by a negative sum of the last.
  ///
  /// @param colour channel that it looks at
  private Path network(double v, int colour) throws IOException {
    float middle = (DARK + LIGHT + 1) / 2f / 255;
    float steep = 0.04f / (LIGHT - DARK) * 2 * 255;
    float[] seen = new float[3];
    seen[colour] = steep;
    float[] means = new float[8];
    Arrays.fill(means, 3f / means.length);
    int last = 16 * SIDE * SIDE;
    float[] sums = new float[2 * last];
    Arrays.fill(sums, 0.01f);
    Arrays.fill(sums, 0, last, -0.01f);
    Neurons tanh = new Neurons(Neuron.parse("tanh"));
    List<Layer> layers =
        List.of(
            centre(means.length, (float) v - steep * middle, seen),
            tanh,
            centre(16, (float) (-3 * v), means),
            tanh,
            new Flatten(),
            new Dense(new Tensor(Shape.of(2, last), sums), Tensor.filled(Shape.of(2), 0)));
    Path file = folder.resolve("net.safetensors");
    new Model(new Network(Shape.of(3, SIDE, SIDE), layers), Map.of()).write(file);
    return file;
  }

  private Object[] words(Path network, Path data, String samples) {
    return new Object[] {
      "convert",
      network,
      "--data",
      data,
      "--samples",
      samples,
      "--seeds",
      2,
      "--tolerance",
      100,
      "--fine-tune",
      0,
      "--without",
      "match-statistics,calibrate-temperatures",
      "--out",
      folder.resolve("p.safetensors"),
      "--format",
      "json"
    };
  }

  private JsonNode converted(Path network, Path data, String samples) throws IOException {
    return Outcome.done(words(network, data, samples)).json();
  }

  @Test
  void samplesThatAreCheaperAreUsed() throws IOException {
    JsonNode json = converted(network(0.1, 0), reds(), "1,2,4");
    assertEquals("convert", json.path("advice").asText(), json.path("verdict").toString());
    assertEquals("8", json.path("verdict").path("weights").asText());
    assertEquals("tanh:8bit", json.path("verdict").path("bits").path("neuron").asText());
    String next = json.path("nextCommand").asText();
    assertTrue(next.startsWith("pdnn evaluate ") && next.endsWith(" --samples 2"), next);
    agreesWithTradeoff(json);
  }

  /// The same networks measured by `evaluate`: the same answer at the same prices, to the last
  /// digit.
  private void agreesWithTradeoff(JsonNode converted) throws IOException {
    Path results = folder.resolve("results.jsonl");
    Object[] words = {
      "evaluate",
      folder.resolve("p.safetensors"),
      "--seeds",
      2,
      "--samples",
      "1,2,4",
      "--results",
      results
    };
    Outcome.done(words);
    for (int bits : List.of(8, 3, 2, 1)) {
      Outcome.done(Outcome.joined(words, "--neuron", "tanh:%dbit".formatted(bits)));
    }
    JsonNode tradeoff = Outcome.done("tradeoff", results, "--format", "json").json();
    JsonNode verdict = converted.path("verdict");
    for (String key : List.of("answer", "reason", "difference", "weights")) {
      assertEquals(verdict.path(key), tradeoff.path("verdict").path(key));
    }
    assertEquals(verdict.path("samples"), tradeoff.path("verdict").path("samples"));
    assertEquals(
        verdict.path("bits").path("totalNanojoules"),
        tradeoff.path("verdict").path("bits").path("totalNanojoules"));
    assertEquals(converted.path("technologies"), tradeoff.path("technologies"));
  }

  @Test
  void samplesThatMissTheLineAreTrainedForIt() throws IOException {
    JsonNode json = converted(network(0.1, 0), reds(), "1");
    assertEquals("fine-tune", json.path("advice").asText(), json.path("verdict").toString());
    String next = json.path("nextCommand").asText();
    assertTrue(next.endsWith("--format json --fine-tune 3"), next);
    Outcome.done((Object[]) next.replaceFirst("^pdnn ", "").split(" ", -1));
  }

  /// The fewest samples reach the required accuracy.
  @Test
  void samplesThatReachTheLineAreNotTrained() throws IOException {
    Object[] words = words(network(0.1, 0), reds(), "2,4");
    List<Object> trained = new ArrayList<>(List.of(words));
    trained.subList(trained.indexOf("--fine-tune"), trained.indexOf("--without")).clear();
    String steps = Outcome.done(trained.toArray()).json().path("steps").toString();
    assertTrue(steps.contains("not needed: 2 scrambled samples of p reach 100.00 % for "), steps);
  }

  @Test
  void theCheaperTwinIsNamed() throws IOException {
    Object[] words = words(network(0, 0), reds(), "1,2");
    words[words.length - 2] = "--chart";
    words[words.length - 1] = folder.resolve("page");
    String text = Outcome.done(words).words();
    String page = Files.readString(folder.resolve("page").resolve("report.md"));
    assertTrue(page.contains("Advice: leave; no number of samples takes 5 % less"), page);
    assertTrue(text.contains("Bits: net with 1-bit activations reaches 100.00 % for "), text);
    assertTrue(
        text.contains(
            "Advice: leave; no number of samples takes 5 % less energy than net with 1-bit"
                + " activations."),
        text);
    assertTrue(text.contains("Next: pdnn energy "), text);
  }

  @Test
  void anotherOrderOfChannelsGivesNoAnswer() throws IOException {
    Path data = pictures(colour(DARK, LIGHT), colour(LIGHT, DARK));
    assertEquals("leave", converted(network(0, 0), data, "1,2").path("advice").asText());
    JsonNode json = converted(network(0, 1), data, "1,2");
    assertEquals("no answer", json.path("advice").asText());
    String reason = json.path("verdict").path("reason").asText();
    assertTrue(reason.startsWith("0.00 % right on 40 images cannot be told from"), reason);
    assertTrue(reason.contains("another order of channels or of classes"), reason);
  }
}
