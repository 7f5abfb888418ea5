package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.network.Shape;

/// Whatever a user gets wrong: one sentence that names it and the remedy, the right exit code, and
/// nothing half-written.
class BadInputTest {
  @TempDir static Path data;
  private static Path tiny = Path.of("tiny");

  @TempDir Path folder;
  private Path model;

  @BeforeAll
  static void drawDigits() throws IOException {
    tiny = SmallFiles.digits(data.resolve("tiny"), 20, 10);
  }

  @BeforeEach
  void writeModel() throws IOException {
    model =
        SmallFiles.model(folder.resolve("m.safetensors"), "mlp:784-4-10", Shape.of(1, 28, 28), 10);
  }

  private void assertNothingWritten() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(List.of(folder, model), files.sorted().toList());
    }
  }

  private static void assertContains(String part, String sentence) {
    assertTrue(sentence.contains(part), sentence);
  }

  /// MODEL stands for a sound model, TINY for 20 digits to learn from and 10 to test on.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          evaluate MODEL --samples 0          | samples must be whole numbers from 1 to 65536, got 0
          evaluate MODEL --samples 4..1       | '4..1' is not a list of numbers; use 1,2,4, FROM..TO or FROM..TO:STEP upwards
          evaluate MODEL --samples 1,x        | '1,x' is not a list of numbers
          evaluate MODEL --samples 1..99999   | samples must be whole numbers from 1 to 65536, got 65537
          evaluate MODEL --seeds 0            | seeds must be 1 to 10000, got 0
          evaluate MODEL --scheme scrambeld   | (did you mean 'scrambled'?)
          evaluate MODEL --data digist        | unknown data set 'digist' (did you mean 'digits'?)
          evaluate MODEL --data mnits         | (did you mean 'mnist'?)
          evaluate MODEL --data digits --digits 0 | must be at least 1 image each, got 0
          evaluate MODEL --data TINY --images 0 | --images must be 1 to 16777216, got 0; see pdnn evaluate --help
          evaluate MODEL --data TINY --images 11 | --images must be 1 to 10, got 11
          evaluate MODEL --data TINY --threads 0 | --threads must be 1 to 1024, got 0
          predict MODEL --index 0 --samples 0 | samples must be 1 to 65536, got 0
          predict MODEL --data TINY --index -1 | --index must be 0 to 9, got -1
          predict MODEL --data TINY --index 10 | --index must be 0 to 9, got 10
          predict MODEL --index 0 --scheme xer | (did you mean 'xor'?)
          predict MODEL --index 0 --top 0     | --top must be 1 to 16777216, got 0
          predict MODEL --data TINY --index 0 --until-confident 1 | confidence must be at least 0.5 and below 1
          predict MODEL --data TINY --index 0 --scheme stratified --until-confident 0.9 | a scheme other than stratified
          early-stop MODEL --data TINY --confidence 2 | confidence must be at least 0.5 and below 1
          early-stop MODEL --data TINY --scheme stratified | stopping early needs a run
          early-stop MODEL --data TINY --changed-at-most 0.1% | takes 4,603 calibration images, got 20; allow 21 %
          early-stop MODEL --data TINY --changed-at-most 100% | '100%' is not above 0 and below 100%
          predict MODEL --data TINY --index 0 --until-confident 0.9 --until-margin e.json | cannot be combined
          evaluate MODEL --imperfection ar1:0.9 | scrambled passes share theirs; use the scheme independent
          evaluate MODEL --imperfection ar:0.9 | unknown imperfection 'ar' (did you mean 'ar1'?)
          evaluate MODEL                      | does not say what it was trained on; name the data by --data
          train --data TINY --mean 127.5      | mean must be -1 to 1, as pixels are 0 to 1, got 127.5
          train --data TINY --std 0           | std must be 1.0E-6 to 1000000.0, got 0.0
          train --data TINY --mean 0.1,0.2    | the images have 1 channel, mean 2 numbers and std 2; give one number for each channel
          train --samples 0                   | --samples must be 1 to 1000, got 0
          train --epochs 0                    | --epochs must be 1 to 1000000, got 0
          train --batch -1                    | --batch must be 1 to 65536, got -1
          train --learning-rate 0             | --learning-rate must be 1.0E-9 to 1000, got 0.0
          train --data TINY --threads 0       | --threads must be 1 to 1024, got 0
          train --digits 0                    | must be at least 1 image each, got 0
          train --data TINY --validation 20   | --validation must be 0 to 19, got 20
          train --data TINY --network vgg6    | unknown network 'vgg6' (did you mean 'vgg5'?)
          train --data TINY --network mlp:784-x | must be whole numbers of at least 1, as in mlp:784-256-128-10, got 'x'
          train --data TINY --network mlp:9-10 | must begin with the 784 values of an input
          train --neuron pbit:sigmod          | 'pbit:sigmod' is not a neuron
          train --neuron pbit:relu            | a p-bit needs sigmoid, tanh or clip
          train --neuron sigmoid:0bit         | bits must be 1 to 16, or 32, got 0
          train --device tpu                  | unknown device 'tpu' (did you mean 'cpu'?); use cpu or cuda
          train --data nowhere                | unknown data set 'nowhere'
          evaluate MODEL --weights 3          | --weights:
          evaluate MODEL --neuron noisy:tanh:NaN | 'noisy:tanh:NaN' is not a neuron (no number)
          evaluate MODEL --neuron bad         | --neuron: 'bad' is not a neuron
          early-stop MODEL --confidence 1.5 | below 1 (50% to 100%), got '1.5'
          explain MODEL --data TINY --weights 32 | choose --weights 8, 4, 2 or 1
          early-stop MODEL --average layer    | unknown option '--average'
          evaluate MODEL --seed NaN           | --seed: 'NaN' is not a whole number; see
          evaluate MODEL --seeds ٤            | --seeds: '٤' is not a whole number; see
          evaluate MODEL --samples ٤          | '٤' is not a list of numbers
          evaluate MODEL --format xml         | --format must be text, json or csv, got 'xml'; see
          energy MODEL --technology sram56    | unknown technology 'sram56' (did you mean 'sram65'?)
          energy MODEL --convention stritc    | unknown convention 'stritc' (did you mean 'strict'?)
          energy MODEL --samples 0            | samples must be whole numbers from 1 to 65536, got 0
          energy MODEL --sweep-memory 5..0    | '5..0' is not a list of numbers; use 1,2,4, FROM..TO or FROM..TO:STEP upwards
          energy MODEL --weight-bits 0        | weight bits must be 1 to 64, got 0
          energy MODEL --additions few        | additions must be half, always, or firing rates
          energy MODEL --additions 0.5        | 1 firing rates are too few
          energy MODEL --additions 2,2        | a firing rate must be 0 to 1, got 2.0
          energy MODEL --scheme scrambeld     | (did you mean 'scrambled'?)
          energy MODEL --convention paper --last expectation | use convention strict
          energy MODEL --batch 2              | are for language models
          energy                              | MODEL is missing; try paper:vgg5
          energy paper:vgg6                   | (did you mean 'paper:vgg5'?)
          study --technology sram56           | unknown technology 'sram56' (did you mean 'sram65'?)
          study --data digist                 | unknown data set 'digist' (did you mean 'digits'?)
          """)
  void wrongArgumentsAreWrongUsage(String line, String part) throws IOException {
    List<String> words =
        new java.util.ArrayList<>(
            List.of(
                line.replace("MODEL", model.toString())
                    .replace("TINY", tiny.toString())
                    .split(" ")));
    if (!words.getFirst().equals("predict")) {
      words.addAll(List.of("--out", folder.resolve("out").toString()));
    }
    assertContains(part, Outcome.refused(2, words.toArray()));
    assertNothingWritten();
  }

  @Test
  void aWordThatBeginsWithAnAtSignIsAName() throws IOException {
    Path out = folder.resolve("victim");
    Path arguments = Files.writeString(folder.resolve("x.pgm"), "--out " + out);
    assertEquals(
        "@" + arguments + " does not exist; check the path",
        Outcome.refused(1, "evaluate", "@" + arguments));
    assertFalse(Files.exists(out));
  }

  @Test
  void whatIsMissingIsNamedAsTheHelpDoes() {
    assertEquals(
        "models|schemes|neurons|technologies|data is missing; see pdnn list --help",
        Outcome.refused(2, "list"));
  }

  @Test
  void aNameForgesNoLine() {
    String forged = "x\npdnn: all is well.safetensors";
    assertEquals(
        "x?pdnn: all is well.safetensors does not exist; check the path",
        Outcome.refused(1, "evaluate", forged));
  }

  @Test
  void aMissingModelIsNamed() {
    Path missing = folder.resolve("none.safetensors");
    for (String command : new String[] {"evaluate", "energy"}) {
      assertEquals(
          missing + " does not exist; check the path", Outcome.refused(1, command, missing));
    }
    assertEquals(
        missing + " does not exist; check the path",
        Outcome.refused(1, "predict", missing, "--index", "0"));
  }

  @Test
  void aTruncatedModelIsNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(model);
    Files.write(model, Arrays.copyOf(bytes, bytes.length - 100));
    String sentence = Outcome.refused(1, "evaluate", model);
    assertTrue(sentence.startsWith(model + " is not a sound safetensors file: "), sentence);
    assertTrue(sentence.endsWith("; write or copy it again"), sentence);
  }

  @Test
  void aDamagedModelIsNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length - 20] ^= 16;
    Files.write(model, bytes);
    assertContains("its checksum does not match", Outcome.refused(1, "energy", model));
  }

  @Test
  void somethingElseThanAModelIsNamed() throws IOException {
    Files.writeString(model, "weights, honestly");
    assertTrue(
        Outcome.refused(1, "predict", model, "--index", "0").startsWith(model + " is not a"));
    String sentence = Outcome.refused(1, "evaluate", folder);
    assertEquals(folder + " is a folder; name a .safetensors file", sentence);
  }

  @Test
  void weightsThatAreNotNumbersAreNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(model);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) buffer.getLong(0);
    String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
    // Without its checksum, so that the weights themselves are looked at.
    String unchecked = header.replaceFirst(",\"sha256\":\"[0-9a-f]{64}\"", " ".repeat(76));
    assertEquals(header.length(), unchecked.length());
    buffer.put(8, unchecked.getBytes(StandardCharsets.UTF_8));
    buffer.putFloat(bytes.length - 4, Float.NaN);
    Files.write(model, bytes);
    String sentence = Outcome.refused(1, "evaluate", model);
    assertContains(model.toString(), sentence);
    assertContains("values must be finite, got NaN", sentence);
  }

  @Test
  void aModelOfOtherImagesIsRefused() throws IOException {
    Path small =
        SmallFiles.model(folder.resolve("small.safetensors"), "mlp", Shape.of(1, 4, 4), 10);
    for (Object[] command :
        List.of(
            new Object[] {"evaluate", small, "--data", tiny},
            new Object[] {"predict", small, "--data", tiny, "--index", "0"})) {
      String sentence = Outcome.refused(2, command);
      assertContains("the model reads 1x4x4, the images are 1x28x28", sentence);
    }
  }

  @Test
  void aModelOfOtherClassesIsRefused() throws IOException {
    Path few = SmallFiles.model(folder.resolve("few.safetensors"), "mlp", Shape.of(1, 28, 28), 3);
    String sentence = Outcome.refused(2, "evaluate", few, "--data", tiny);
    assertContains(" has 3 outputs, tiny has 10 classes; choose other data", sentence);
  }

  @Test
  void aPictureOfAnotherSizeIsRefused() throws IOException {
    Path picture = folder.resolve("small.png");
    javax.imageio.ImageIO.write(
        new java.awt.image.BufferedImage(5, 4, java.awt.image.BufferedImage.TYPE_BYTE_GRAY),
        "png",
        picture.toFile());
    assertEquals(
        picture + " has 5x4 pixels, but 28x28 are wanted; scale it, as --resize does",
        Outcome.refused(1, "predict", model, picture));
    assertContains("holds no pictures", Outcome.refused(1, "predict", model, data));
    Path missing = folder.resolve("none.png");
    assertContains(missing + " is not a file", Outcome.refused(1, "predict", model, missing));
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    assertContains(text.toString(), Outcome.refused(1, "predict", model, text));
  }

  @Test
  void dataThatAreDamagedAreNamed() throws IOException {
    Path broken = SmallFiles.digits(folder.resolve("broken"), 30, 10);
    Path labels = broken.resolve("t10k-labels-idx1-ubyte");
    byte[] bytes = Files.readAllBytes(labels);
    bytes[9] = 77;
    Files.write(labels, bytes);
    assertContains(
        " has 10 outputs, broken has 78 classes",
        Outcome.refused(2, "evaluate", model, "--data", broken));
    Files.write(labels, Arrays.copyOf(bytes, 12));
    assertContains(labels.toString(), Outcome.refused(1, "evaluate", model, "--data", broken));
    Files.delete(labels);
    assertContains(
        "t10k-labels-idx1-ubyte", Outcome.refused(1, "evaluate", model, "--data", broken));
  }

  @Test
  void outBelowAFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "precious");
    for (Object[] command :
        List.of(
            new Object[] {"energy", model},
            new Object[] {"train", "--data", tiny, "--network", "mlp:784-4-10", "--epochs", 1})) {
      Object[] words = Arrays.copyOf(command, command.length + 2);
      words[command.length] = "--out";
      words[command.length + 1] = file.resolve("out");
      String sentence = Outcome.refused(1, words);
      assertContains(file + " is a file, not a folder; choose another folder", sentence);
    }
    assertEquals("precious", Files.readString(file));
  }

  @Test
  void outThatIsAFolderIsRefusedBeforeTraining() {
    String sentence = Outcome.refused(1, "train", "--digits", 64, "--out", folder);
    assertEquals(folder + " is a folder; name a file", sentence);
    assertFalse(Files.exists(folder.resolveSibling(folder.getFileName() + ".checkpoints")));
  }

  @Test
  void aFolderWithoutPermissionIsNamed() throws IOException {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    assertTrue(locked.toFile().setWritable(false));
    try {
      assumeFalse(Files.isWritable(locked), "this user may write everywhere");
      String sentence = Outcome.refused(1, "energy", model, "--out", locked.resolve("x.json"));
      assertContains("no permission; choose another folder", sentence);
    } finally {
      assertTrue(locked.toFile().setWritable(true));
    }
  }

  @Test
  void aTechnologyFileIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("t.json"), "{}");
    assertContains(file.toString(), Outcome.refused(1, "energy", model, "--technology", file));
    Path missing = folder.resolve("missing.json");
    assertContains(
        missing + " does not exist; check the path",
        Outcome.refused(1, "energy", model, "--technology", missing));
  }

  @Test
  void aConfigIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"rwkv\"}");
    assertContains(
        file + ": 'model_type' 'rwkv' is no known family; if it is built like one of these,",
        Outcome.refused(1, "energy", file));
  }

  @Test
  void withoutCudaTheRemedyIsTold() {
    assumeFalse(Files.exists(Path.of("/proc/driver/nvidia/version")), "this machine may have CUDA");
    String sentence =
        Outcome.refused(
            1, "train", "--data", tiny, "--device", "cuda", "--out", folder.resolve("c"));
    assertTrue(sentence.endsWith("use --device cpu"), sentence);
  }
}
