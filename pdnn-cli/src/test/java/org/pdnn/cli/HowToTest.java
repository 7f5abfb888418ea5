package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.data.DataSet;
import org.pdnn.data.Digits;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Safetensors;
import org.pdnn.network.Tensor;
import org.pdnn.onnx.FloatGraph;
import org.pdnn.sampling.Outputs;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Trainer;

/// The how-to pages run: each command line after the other, on a network that was trained for it;
/// and their Python where Python has what it imports.
class HowToTest {
  private static final Path PAGES = Path.of("..", "docs", "how-to").toAbsolutePath().normalize();
  private static final Pattern FENCE = Pattern.compile("(?s)```(\\w*)\\n(.*?)```");

  /// Words of a line that are files, not the names of data sets.
  private static final Pattern FILE =
      Pattern.compile(
          "[\\w-]+\\.(?:onnx|safetensors|npz|jsonl?)|net-report|(?<=--chart"
              + " )tradeoff|(?:new-)?pictures");

  private static final List<String> CLASSES = List.of("circles", "crosses", "stripes");

  private static Network tanh;

  @TempDir private Path folder;

  @BeforeAll
  static void train() throws IOException {
    DataSet digits = Digits.generate(1, 4000, 1);
    Network zero =
        Preset.network("mlp:784-64-32-10", digits.training().shape(), 10, Neuron.parse("tanh"));
    Hyperparameters epochs = new Hyperparameters(1, 6, 64, 2e-3, false, Outputs.LOGITS, 1);
    tanh = new Trainer(epochs).train(InitialWeights.PYTORCH.of(zero, 1), digits.training());
  }

  private record Block(String language, String text) {}

  private static List<Block> blocks(String page) throws IOException {
    Matcher fence = FENCE.matcher(Files.readString(PAGES.resolve(page)));
    return fence.results().map(block -> new Block(block.group(1), block.group(2))).toList();
  }

  @Test
  void everyPageIsKnown() throws IOException {
    try (var pages = Files.list(PAGES)) {
      assertEquals(
          Set.of(
              "clients.md",
              "explore.md",
              "hardware.md",
              "numpy.md",
              "onnx.md",
              "pictures.md",
              "pytorch.md",
              "release.md",
              "serve.md",
              "spark.md"),
          pages
              .map(page -> page.getFileName().toString())
              .collect(java.util.stream.Collectors.toSet()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx.md", "pytorch.md", "numpy.md"})
  void everyCommandOfAPageRuns(String page) throws IOException {
    writeSources();
    List<String> ran = new ArrayList<>();
    for (Block block : blocks(page)) {
      switch (block.language()) {
        case "json" -> Files.writeString(folder.resolve("net.json"), block.text());
        case "" -> {
          for (String line : block.text().lines().toList()) {
            assertTrue(line.startsWith("./pdnn "), line);
            run(line.substring("./pdnn ".length()));
            ran.add(line);
          }
        }
        default -> assertEquals("python", block.language());
      }
    }
    assertFalse(ran.isEmpty());
  }

  /// The tutorial from its first command to its last, with fewer images and epochs than it says.
  @Test
  void everyCommandOfTheTutorialRuns() throws IOException {
    List<String> lines =
        blocks("../tutorial.md").stream()
            .filter(block -> block.language().isEmpty())
            .flatMap(block -> block.text().lines())
            .map(line -> line.substring("./pdnn ".length()))
            .map(line -> line.replace("--epochs 10", "--epochs 1 --digits 600"))
            .map(HowToTest::quick)
            .toList();
    assertEquals(
        List.of("--help", "train", "evaluate", "predict", "energy", "tradeoff"),
        lines.stream().map(line -> line.split(" ", 2)[0]).distinct().toList());
    lines.forEach(this::run);
    assertTrue(Files.isRegularFile(folder.resolve("tradeoff").resolve("report.html")));
    assertEquals(8, Files.readAllLines(folder.resolve("results.jsonl")).size());
  }

  private static String quick(String line) {
    return line.startsWith("evaluate") ? line + " --images 60 --seeds 2" : line;
  }

  /// The simulators that are installed agree with the emulator; with fewer digits and epochs than
  /// the page says.
  @Test
  void aTrainedNetworkBecomesASimulatedAccelerator() throws IOException {
    List<String> ran = new ArrayList<>();
    for (Block block : blocks("hardware.md")) {
      for (String line : block.text().lines().toList()) {
        String smaller =
            quick(line.substring("./pdnn ".length()))
                .replace("--epochs 8", "--epochs 1 --digits 600")
                .replace("--epochs 4", "--epochs 1 --digits 600")
                .replace("--samples 8 --check", "--samples 2 --images 1 --check")
                .replace("--out accelerator", "--out " + folder.resolve("accelerator"))
                .replace("--out small", "--out " + folder.resolve("small"))
                .replace("--out images", "--out " + folder.resolve("images"));
        ran.add(run(smaller.contains("--digits") ? smaller : smaller + " --digits 600"));
      }
    }
    assertEquals(6, ran.size());
    assertTrue(ran.get(1).contains("16 elements, T = 2 in 2"), ran.get(1));
    for (String checked : List.of(ran.get(1), ran.get(5))) {
      assertFalse(checked.contains("failed"), checked);
      long agreed =
          checked.lines().filter(line -> line.contains("PASS: 1 input, 2 passes")).count();
      long missing = checked.lines().filter(line -> line.contains("not installed")).count();
      assertTrue(missing > 0 || agreed == 2, checked);
    }
  }

  /// The path of pictures.md leads where it says: to a page, and to the classes by their names.
  @Test
  void aFolderOfPicturesBecomesAPageAndPredictions() throws IOException {
    writePictures();
    List<String> lines =
        blocks("pictures.md").stream()
            .filter(block -> block.language().isEmpty())
            .flatMap(block -> block.text().lines())
            .map(line -> line.substring("./pdnn ".length()))
            .toList();
    lines.subList(0, lines.size() - 1).forEach(this::run);
    assertTrue(Files.isRegularFile(folder.resolve("net-report").resolve("report.html")));
    List<String> rows = run(lines.getLast()).lines().skip(1).toList();
    assertEquals(2 * CLASSES.size(), rows.size());
    for (String row : rows) {
      String[] cells = row.split(",", -1);
      String drawn = cells[0].replaceAll(".*/|[-.].*", "");
      assertEquals(drawn, cells[1], row);
    }
  }

  /// Sixteen by sixteen grey pixels: a ring, a cross or stripes, each a little elsewhere.
  private void writePictures() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int shape = 0; shape < CLASSES.size(); shape++) {
      String name = CLASSES.get(shape);
      Path known = Files.createDirectories(folder.resolve("pictures").resolve(name));
      for (int i = 1; i <= 60; i++) {
        draw(shape, random, known.resolve(i + ".png"));
      }
      Path unknown = Files.createDirectories(folder.resolve("new-pictures"));
      for (int i = 1; i <= 2; i++) {
        draw(shape, random, unknown.resolve(name + "-" + i + ".png"));
      }
    }
  }

  private static void draw(int shape, SplittableRandom random, Path file) throws IOException {
    BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    int left = random.nextInt(6, 10);
    int top = random.nextInt(6, 10);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        double distance = Math.hypot(x - left, y - top);
        boolean ink =
            switch (shape) {
              case 0 -> distance > 3 && distance < 5.5;
              case 1 -> distance < 6 && (Math.abs(x - left) < 2 || Math.abs(y - top) < 2);
              default -> (x + left) % 4 < 2;
            };
        int grey = random.nextInt(60) + (ink ? 180 : 0);
        picture.getRaster().setSample(x, y, 0, grey);
      }
    }
    ImageIO.write(picture, "png", file.toFile());
  }

  /// The first command of spark.md on a small table in JSON.
  @Test
  void aTableIsScoredOnSpark() throws IOException {
    Network zero = Preset.network("mlp:784-16-10", Neuron.parse("pbit:sigmoid"));
    new Model(InitialWeights.PYTORCH.of(zero, 1), Map.of()).write(folder.resolve("p5.safetensors"));
    List<String> rows = new ArrayList<>();
    for (int id = 0; id < 20; id++) {
      rows.add(
          "{\"id\": %s, \"features\": %s}"
              .formatted(id, Collections.nCopies(zero.input().size(), id / 20.0)));
    }
    Files.write(folder.resolve("images.json"), rows);
    String line = blocks("spark.md").getFirst().text().strip().substring("./pdnn ".length());
    String out =
        onSpark(
            line.replace("images.parquet", "images.json --table json")
                .replace("--out scored", "--out " + folder.resolve("scored")));
    assertTrue(out.startsWith("20 rows scored into "), out);
  }

  /// The grid of spark.md; its estimate has no figure of its own to compute.
  @Test
  void aGridOfEnergiesIsSweptOnSpark() throws IOException {
    List<Block> blocks = blocks("spark.md");
    int json = blocks.stream().map(Block::language).toList().indexOf("json");
    Files.writeString(folder.resolve("grid.json"), blocks.get(json).text());
    String sweep = blocks.get(json + 1).text().strip().substring("./pdnn ".length());
    String out = onSpark(sweep.replace("--out energies", "--out " + folder.resolve("energies")));
    assertTrue(out.contains("103424 points in "), out);
    String estimate = blocks.getLast().text().strip().substring("./pdnn ".length());
    assertTrue(run(estimate).contains("cells of fig4a: "), estimate);
  }

  /// Runs a command with the jars that this build packaged; one without packages has none.
  private String onSpark(String line) throws IOException {
    Path app = Files.createDirectory(folder.resolve("app"));
    try (var modules = Files.newDirectoryStream(Path.of(".."), "pdnn-*")) {
      for (Path module : modules) {
        copy(module.resolve("target"), app);
      }
    }
    Path list = app.resolve("spark.classpath");
    assumeTrue(Files.exists(list), "pdnn-spark is not packaged");
    try (var jobs = Files.newDirectoryStream(app, "pdnn-spark-*-job.jar")) {
      assertTrue(Files.size(jobs.iterator().next()) <= 15 << 20, "the job jar is too large");
    }
    System.setProperty("pdnn.spark", list.toString());
    try {
      return run(line);
    } finally {
      System.clearProperty("pdnn.spark");
    }
  }

  /// Jars and lists of a build, into the folder that a command is started from.
  private static void copy(Path target, Path app) throws IOException {
    if (!Files.isDirectory(target)) {
      return;
    }
    try (var files = Files.newDirectoryStream(target, "{pdnn-*.jar,spark.classpath}")) {
      for (Path file : files) {
        Files.copy(file, app.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void theTenLinesOfJavaConvertANetwork() throws Exception {
    writeSources();
    Path out = folder.resolve("java.safetensors");
    JavaExample.of(PAGES.resolveSibling("convert.md"))
        .run(folder, folder.resolve("net.onnx").toString(), out.toString());
    assertTrue(Model.read(out).network().random());
  }

  private String run(String line) {
    String placed =
        FILE.matcher(line)
            .replaceAll(file -> Matcher.quoteReplacement(folder.resolve(file.group()).toString()));
    List<String> words = new ArrayList<>(List.of(placed.split("\\s+", -1)));
    if (words.getFirst().equals("convert")) {
      words.addAll(List.of("--calibration", "100", "--images", "100"));
    }
    boolean drawn = words.contains("digits") && !words.getFirst().equals("spark");
    if (drawn && !words.contains("--digits")) {
      words.addAll(List.of("--digits", "600"));
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out), new PrintWriter(err), words.toArray(String[]::new));
    assertEquals(0, code, line + ": " + err);
    assertFalse(out.toString().isBlank(), line);
    return out.toString();
  }

  /// What the pages begin with, without Python.
  private void writeSources() throws IOException {
    FloatGraph.write(tanh, "test", Map.of(), folder.resolve("net.onnx"));
    Map<String, Tensor> dictionary = new LinkedHashMap<>();
    int module = 0;
    for (int layer : new int[] {1, 3, 5}) {
      module++;
      for (String kind : List.of("weight", "bias")) {
        dictionary.put("fc" + module + "." + kind, tensor(layer + "." + kind));
      }
    }
    new Safetensors(dictionary, Map.of()).write(folder.resolve("net.safetensors"));
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("net.npz")))) {
      for (Map.Entry<String, Tensor> entry : dictionary.entrySet()) {
        String name = entry.getKey().replace("fc", "dense_").replace(".weight", "/kernel");
        zip.putNextEntry(new ZipEntry(name.replace(".bias", "/bias") + ".npy"));
        zip.write(npy(entry.getValue()));
        zip.closeEntry();
      }
    }
  }

  private static Tensor tensor(String name) {
    Tensor found = tanh.tensors().get(name);
    if (found == null) {
      throw new IllegalStateException(name);
    }
    return found;
  }

  /// Kernels as Keras has them, (inputs, outputs).
  private static byte[] npy(Tensor tensor) {
    boolean kernel = tensor.shape().rank() == 2;
    int rows = kernel ? tensor.shape().dimension(1) : tensor.size();
    int columns = kernel ? tensor.shape().dimension(0) : 1;
    String shape = kernel ? rows + ", " + columns : rows + ",";
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }          \n";
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + header.length() + tensor.size() * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) 1).put((byte) 0).putShort((short) header.length());
    bytes.put(header.getBytes(StandardCharsets.US_ASCII));
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        bytes.putFloat(tensor.get(kernel ? column * rows + row : row));
      }
    }
    return bytes.array();
  }

  /// The first Python of a page makes the file that its commands read.
  @ParameterizedTest
  @ValueSource(strings = {"onnx.md", "numpy.md"})
  void thePythonOfAPageMakesAFileThatIsRead(String page) throws Exception {
    Block script =
        blocks(page).stream()
            .filter(block -> block.language().equals("python"))
            .findFirst()
            .orElseThrow();
    assumeTrue(
        python("import numpy" + (page.equals("onnx.md") ? ", torch, onnx" : "")),
        "no /usr/bin/python3 with what the page imports (Debian: python3-torch, python3-onnx)");
    assertTrue(python(script.text()));
    String line =
        page.equals("onnx.md")
            ? "convert net.onnx --unmeasured --out p.safetensors"
            : "convert net.npz --network mlp:784-64-32-10 --neuron tanh --unmeasured --out"
                + " p.safetensors";
    String placed =
        FILE.matcher(line)
            .replaceAll(file -> Matcher.quoteReplacement(folder.resolve(file.group()).toString()));
    assertEquals(
        0,
        Main.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()),
            placed.split(" ", -1)));
  }

  /// Of a checkpoint the state dictionary inside is saved; PyTorch itself is a stub here.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tensors",
        "{'state_dict': tensors, 'epoch': 3}",
        "{'model': tensors, 'model_ema': {}}",
        "{'model_state_dict': tensors, 'optimizer': {'state': {}}}"
      })
  void thePythonOfPyTorchFindsTheTensorsOfACheckpoint(String checkpoint) throws Exception {
    assumeTrue(python("import json"), "no /usr/bin/python3");
    Files.writeString(
        folder.resolve("torch.py"),
        """
        class Tensor:
            def contiguous(self): return self
            def clone(self): return self
        def is_tensor(value): return isinstance(value, Tensor)
        def load(file, map_location, weights_only):
            tensors = {'fc1.weight': Tensor(), 'fc1.bias': Tensor(), 'version': 1}
            return %s
        """
            .formatted(checkpoint));
    Path stub = Files.createDirectories(folder.resolve("safetensors"));
    Files.writeString(stub.resolve("__init__.py"), "");
    Files.writeString(
        stub.resolve("torch.py"),
        "def save_file(tensors, file): open(file, 'w').write(' '.join(tensors))");
    Block script =
        blocks("pytorch.md").stream()
            .filter(block -> block.language().equals("python"))
            .findFirst()
            .orElseThrow();
    assertTrue(python(script.text()), () -> "see python.log beside " + folder.resolve("torch.py"));
    assertEquals("fc1.weight fc1.bias", Files.readString(folder.resolve("net.safetensors")));
  }

  private boolean python(String script) throws IOException, InterruptedException {
    Path executable = Path.of("/usr/bin/python3");
    if (!Files.isExecutable(executable)) {
      return false;
    }
    Process process =
        new ProcessBuilder(executable.toString(), "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("python.log").toFile())
            .start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return false;
    }
    return process.exitValue() == 0;
  }
}
