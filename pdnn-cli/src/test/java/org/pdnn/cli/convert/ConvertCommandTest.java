package org.pdnn.cli.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.cli.Outcome;
import org.pdnn.cli.SmallFiles;
import org.pdnn.data.Digits;
import org.pdnn.data.Images;
import org.pdnn.network.Dense;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Layer;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Preset;
import org.pdnn.network.Safetensors;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.sampling.Outputs;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Trainer;

/// `pdnn convert` and `pdnn export` on an untrained network and a few digits.
class ConvertCommandTest {
  @TempDir private Path folder;
  private Path source = Path.of("source");
  private Path data = Path.of("data");
  private Path out = Path.of("out");

  @BeforeEach
  void writeFiles() throws IOException {
    data = SmallFiles.digits(folder.resolve("data"), 60, 20);
    source = folder.resolve("tanh.safetensors");
    out = folder.resolve("out").resolve("p.safetensors");
    Network tanh = Preset.network("mlp:784-8-10", Shape.of(1, 28, 28), 10, Neuron.parse("tanh"));
    new Model(InitialWeights.GLOROT.of(tanh, 1), Map.of()).write(source);
  }

  private Object[] convert(Object... more) {
    return Outcome.joined(
        new Object[] {"convert", source, "--data", data, "--samples", "1,4"}, more);
  }

  private void assertNothingWritten() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(data, source), files.sorted().toList());
    }
  }

  @Test
  void theReportIsOneDocument() throws IOException {
    JsonNode json =
        Outcome.done(convert("--tolerance", 100, "--out", out, "--format", "json")).json();
    Outcome.assertKeys(
        json,
        "source",
        "architecture",
        "remarks",
        "calibration",
        "steps",
        "curve",
        "verdict",
        "advice",
        "nextCommand",
        "model",
        "modelSha256",
        "provenance");
    for (JsonNode step : json.path("steps")) {
      Outcome.assertKeys(
          step,
          "step",
          "effect",
          "accuracy",
          "loss",
          "lossLow",
          "lossHigh",
          "largestLogitDifference",
          "milliseconds");
    }
    List<String> settings = new ArrayList<>();
    for (JsonNode point : json.path("curve")) {
      Outcome.assertKeys(point, "accuracy", "totalNanojoules", "gain", "brier", "agreement");
      settings.add(
          "%s %s %s %s"
              .formatted(
                  point.path("network").asText(),
                  point.path("neuron").asText(),
                  point.path("samples").asInt(),
                  point.path("scheme").asText()));
    }
    assertEquals(
        List.of(
            "tanh tanh 1 deterministic",
            "tanh tanh:8bit 1 deterministic",
            "tanh tanh:3bit 1 deterministic",
            "tanh tanh:2bit 1 deterministic",
            "tanh tanh:1bit 1 deterministic",
            "p tanh:8bit 1 deterministic",
            "p tanh:3bit 1 deterministic",
            "p tanh:2bit 1 deterministic",
            "p tanh:1bit 1 deterministic",
            "p pbit:tanh 1 scrambled",
            "p pbit:tanh 4 scrambled",
            "p pbit:tanh 1 independent",
            "p pbit:tanh 4 independent"),
        settings);
    assertEquals(1, json.path("curve").path(0).path("gain").asDouble());
    Outcome.assertKeys(json.path("verdict"), "answer", "reason");
    assertEquals("strict", json.path("provenance").path("convention").asText());
    Outcome.assertKeys(json.path("provenance"), "seed", "sourceSha256", "dataSha256", "version");
    Network converted = Model.read(out).network();
    assertTrue(converted.random());
    assertEquals("tanh.safetensors", Model.read(out).notes().get("source"));
  }

  /// The steps, and all that was measured and priced, with the digits of JSON.
  @Test
  void csvHoldsWhatJsonHolds() throws IOException {
    JsonNode json =
        Outcome.done(convert("--tolerance", 100, "--out", out, "--format", "json")).json();
    String csv = Outcome.done(convert("--tolerance", 100, "--out", out, "--format", "csv")).out();
    List<List<String>> tables =
        Arrays.stream(csv.split("\n\n")).map(table -> table.lines().toList()).toList();
    assertEquals(
        List.of(1 + json.path("steps").size(), 1 + json.path("curve").size()),
        tables.stream().map(List::size).toList());
    List<String> keys = List.of(tables.getLast().getFirst().split(","));
    for (int row = 0; row < json.path("curve").size(); row++) {
      List<String> cells = List.of(tables.getLast().get(1 + row).split(",", -1));
      for (String key : List.of("accuracy", "accuracyLow", "brier", "agreement", "gain")) {
        assertEquals(
            json.path("curve").path(row).path(key).doubleValue(),
            Double.parseDouble(cells.get(keys.indexOf(key))));
      }
    }
  }

  @Test
  void explainingWritesNothing() throws IOException {
    String text = Outcome.done(convert("--tolerance", 100, "--explain")).out();
    assertTrue(text.contains("replace-activations: tanh at layer 2 became pbit:tanh"), text);
    assertFalse(text.contains("Advice") || text.contains("answer"), text);
    String csv = Outcome.done(convert("--tolerance", 100, "--explain", "--format", "csv")).out();
    assertTrue(
        csv.startsWith(
            "step,accuracy,loss,lossLow,lossHigh,negativeLogLikelihood,largestLogitDifference,"),
        csv);
    assertNothingWritten();
  }

  /// Sixteen tanh neurons, or rectifiers, that learnt the digits; 400 and 300 of them as data.
  private void train(String neuron, Layer... after) throws IOException {
    train(Digits.generate(7, 1500, 1).training(), neuron, after);
  }

  private void train(Images digits, String neuron, Layer... after) throws IOException {
    Network zero = Preset.network("mlp:784-16-10", digits.shape(), 10, Neuron.parse(neuron));
    List<Layer> layers =
        new ArrayList<>(
            new Trainer(new Hyperparameters(1, 5, 32, 3e-3, false, Outputs.LOGITS, 1))
                .train(InitialWeights.PYTORCH.of(zero, 1), digits)
                .layers());
    layers.addAll(List.of(after));
    new Model(new Network(zero.input(), layers), Map.of()).write(source);
    data = SmallFiles.digits(folder.resolve("data"), 400, 300);
  }

  @Test
  void aLossThatIsNotToleratedWritesNothing() throws IOException {
    train("tanh");
    Object[] words =
        Outcome.joined(
            new Object[] {"convert", source, "--data", data, "--samples", 1},
            "--tolerance",
            0,
            "--fine-tune",
            0,
            "--without",
            "quantise-weights,match-statistics,calibrate-temperatures",
            "--out",
            out);
    Outcome outcome = Outcome.of(words);
    assertEquals(1, outcome.code(), outcome.toString());
    assertEquals("", outcome.out(), "the steps so far are told beside the failure");
    String last = outcome.err().lines().toList().getLast();
    assertTrue(
        last.startsWith("pdnn: step 'replace-activations' loses more than the 0 points"), last);
    assertTrue(last.contains("the 95 % interval of 300 images"), last);
    assertTrue(last.contains("nothing was written; try pdnn convert "), last);
    assertTrue(last.endsWith("--fine-tune 3"), last);
    assertNothingWritten();
  }

  private JsonNode judged(Object... more) throws IOException {
    Object[] words =
        Outcome.joined(
            new Object[] {"convert", source, "--data", data, "--out", out, "--format", "json"},
            more);
    return Outcome.done(words).json();
  }

  /// Runs what is recommended, in the form in which it is typed.
  private static void runs(JsonNode judged) {
    List<String> words = List.of(judged.path("nextCommand").asText().split(" ", -1));
    assertEquals("pdnn", words.getFirst());
    Outcome.done(words.subList(1, words.size()).toArray());
  }

  private static void assertNoAnswer(JsonNode judged, String cause) {
    assertEquals("no answer", judged.path("advice").asText(), judged.toString());
    assertEquals("no answer", judged.path("verdict").path("answer").asText());
    String reason = judged.path("verdict").path("reason").asText();
    assertTrue(reason.contains(cause), reason);
    assertTrue(reason.contains("pixels that are not normalised as in training"), reason);
    assertTrue(reason.contains("another order of channels or of classes"), reason);
    assertTrue(judged.path("nextCommand").asText().startsWith("pdnn predict "));
  }

  /// What became of the training that nobody asked for.
  private static void assertFineTuning(JsonNode judged, String told) {
    JsonNode last = judged.path("steps").path(judged.path("steps").size() - 1);
    assertEquals("fine-tune", last.path("step").asText());
    assertTrue(last.path("details").path(0).asText().startsWith(told), last.toString());
  }

  @Test
  void aNetworkAtChanceGetsNoAnswer() throws IOException {
    JsonNode judged = judged("--samples", "1,4", "--seeds", 1);
    assertNoAnswer(judged, "cannot be told from always naming");
    assertFineTuning(judged, "of no use: ");
    runs(judged);
  }

  /// Of 150 seeds the luckiest: it is right on 16 % of the digits.
  @Test
  void anUntrainedNetworkGetsNoAnswer() throws IOException {
    data = SmallFiles.digits(folder.resolve("more"), 60, 300);
    Network zero = Preset.network("mlp:784-16-10", Shape.of(1, 28, 28), 10, Neuron.parse("tanh"));
    new Model(InitialWeights.PYTORCH.of(zero, 41), Map.of()).write(source);
    JsonNode judged = judged("--samples", 1, "--seeds", 1, "--tolerance", 100, "--fine-tune", 0);
    assertNoAnswer(judged, "is little more than always naming");
  }

  /// A tensor with the parts of each class in another order.
  private static Tensor reordered(Tensor tensor, int[] order) {
    int part = tensor.size() / order.length;
    float[] values = new float[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.get(order[i / part] * part + i % part);
    }
    return new Tensor(tensor.shape(), values);
  }

  /// Trains a network and lets it number the classes in another order.
  private void trainInOrder(int... order) throws IOException {
    train("tanh");
    Network network = Model.read(source).network();
    Dense last = (Dense) network.layers().getLast();
    Dense other = new Dense(reordered(last.weight(), order), reordered(last.bias(), order));
    new Model(network.with(network.layers().size() - 1, other), Map.of()).write(source);
  }

  /// The last layer names each class by the number of the next.
  @Test
  void anotherOrderOfClassesGivesNoAnswer() throws IOException {
    trainInOrder(9, 0, 1, 2, 3, 4, 5, 6, 7, 8);
    JsonNode judged = judged("--samples", "1,4", "--seeds", 1);
    assertNoAnswer(judged, "cannot be told from always naming");
    String remarks = judged.path("remarks").toString();
    assertTrue(remarks.contains("1 for 0 and 2 for 1 and 3 for 2"), remarks);
  }

  /// Accuracy is far above chance, and the cause is told by all that measure.
  @Test
  void twoExchangedClassesAreTold() throws IOException {
    trainInOrder(0, 1, 2, 5, 4, 3, 6, 7, 8, 9);
    String told =
        "the network mostly answers 5 for 3 and 3 for 5, as if these classes were exchanged; put"
            + " the class names or folders in the order used in training, with which ";
    JsonNode judged = judged("--samples", "1,4", "--seeds", 1, "--tolerance", 100);
    assertEquals(told, judged.path("remarks").path(0).asText().substring(0, told.length()));
    Object[] measured = {source, "--data", data, "--samples", 1, "--format", "json"};
    for (String command : List.of("evaluate", "advise")) {
      String remarks =
          Outcome.done(Outcome.joined(new Object[] {command}, measured))
              .json()
              .path("remarks")
              .toString();
      assertTrue(remarks.contains(told), remarks);
    }
  }

  /// 12,544 weights of 12,704 are in the first layer.
  @Test
  void aFirstLayerThatTakesAllGivesNoAnswer() throws IOException {
    train("tanh");
    JsonNode judged = judged("--samples", "1,8,32", "--seeds", 1);
    assertEquals("no answer", judged.path("advice").asText(), judged.toString());
    assertFalse(judged.path("remarks").toString().contains("exchanged"), judged.toString());
    String reason = judged.path("verdict").path("reason").asText();
    assertTrue(reason.startsWith("the first layer takes 9"), reason);
    assertFineTuning(judged, "of no use: no number of samples takes 5 % less energy than ");
    String next = judged.path("nextCommand").asText();
    assertTrue(next.startsWith("pdnn energy " + out) && next.endsWith(" --layers"), next);
    runs(judged);
  }

  @Test
  void withoutRandomNeuronsThereIsNoAnswer() throws IOException {
    train("relu");
    JsonNode judged = judged("--samples", 1, "--seeds", 1, "--relu", "keep");
    assertEquals("no answer", judged.path("advice").asText());
    assertEquals("no p-DNN was measured", judged.path("verdict").path("reason").asText());
    assertEquals(1, judged.path("curve").size(), "rectifiers have no few bits");
    String remarks = judged.path("remarks").toString();
    assertTrue(
        remarks.contains("activations at layer 2 have no bound and so no few bits"), remarks);
    assertTrue(judged.path("nextCommand").asText().endsWith(" --relu keep --explain"));
    runs(judged);
  }

  /// p-bits of a bounded rectifier beside networks of as many levels below the same bound.
  @Test
  void boundedRectifiersHaveFewBits() throws IOException {
    train("relu");
    JsonNode judged = judged("--samples", "1,2", "--seeds", 1, "--tolerance", 100);
    List<String> neurons =
        judged.path("curve").findValuesAsText("neuron").stream().distinct().toList();
    assertEquals(
        List.of("relu", "clip:8bit", "clip:3bit", "clip:2bit", "clip:1bit", "pbit:clip"), neurons);
  }

  @Test
  void aMissedNormalisationIsFoundAndRecommended() throws IOException {
    Images digits = Digits.generate(7, 1500, 1).training();
    train(digits.normalised(new float[] {0.15f}, new float[] {0.3f}), "tanh");
    JsonNode judged = judged("--samples", "1,4", "--seeds", 1, "--tolerance", 100);
    assertEquals("no answer", judged.path("advice").asText());
    assertEquals(
        "the network seems to be trained on normalised pixels, and was measured on others",
        judged.path("verdict").path("reason").asText());
    String next = judged.path("nextCommand").asText();
    assertTrue(next.contains("--tolerance 100 --mean 0.") && next.contains(" --std 0."), next);
    runs(judged);
    assertTrue(Model.read(out).input().normalises());
  }

  /// Weights alone do not say which activation they were trained with; a wrong one is silent.
  @Test
  void theActivationOfBareWeightsIsTheOneThatIsRightMostOften() throws IOException {
    train("relu");
    Object[] bare = {"convert", source, "--network", "mlp:784-16-10", "--out", out};
    JsonNode json =
        Outcome.done(Outcome.joined(bare, "--data", data, "--samples", "1,2", "--format", "json"))
            .json();
    String remark = json.path("remarks").toString();
    assertTrue(remark.contains("hidden neurons are taken to be relu: of "), remark);
    assertTrue(remark.contains("tanh is right on "), remark);
    assertTrue(Model.read(out).network().random());
    String told = Outcome.refused(2, Outcome.joined(bare, "--unmeasured"));
    assertTrue(told.contains("say by --neuron which activation they were trained with"), told);
    told = Outcome.refused(2, "convert", source, "--unmeasured", "--relu", "pbit", "--out", out);
    assertTrue(told.startsWith("--relu pbit measures the bounds of rectifiers on --data"), told);
    String kept = Outcome.done("convert", source, "--unmeasured", "--out", out).out();
    assertTrue(kept.endsWith("written; no neuron became random.\n"), kept);
    Outcome measured = Outcome.done("evaluate", out, "--data", data, "--samples", "1,4");
    assertTrue(measured.err().contains("it runs one pass, whatever T"), measured.err());
  }

  /// Without being asked for: one short epoch, p-bits, and a file that can be exported.
  @Test
  void rectifiersBecomePBitsThatAreTrainedIfNeedBe() throws IOException {
    train("relu");
    Outcome.done("convert", source, "--data", data, "--samples", "1,2,4", "--out", out);
    assertTrue(Model.read(out).network().layers().contains(new Neurons(Neuron.parse("pbit:clip"))));
    Outcome.done("export", out, "--out", folder.resolve("p.onnx"));
  }

  /// Networks of verification end with a rectifier.
  @Test
  void theOutputStaysAnalogAndTheReportSaysHowItWasRun() throws IOException {
    train("tanh", new Neurons(Neuron.parse("relu")));
    String text =
        Outcome.done(
                "convert", source, "--data", data, "--samples", "1,4", "--seeds", 1, "--out", out)
            .words();
    assertTrue(text.contains("relu at layer 4 kept: the network's output stays analog"), text);
    assertTrue(
        text.contains(
            "all networks run and priced in floating point with weights of 32 bits, since layer 4 has"
                + " no integer form: its neurons, relu, have more than 256 levels"),
        text);
    assertEquals(new Neurons(Neuron.parse("relu")), Model.read(out).network().layers().getLast());
  }

  @Test
  void thePageHasTheCurves() throws IOException {
    Path page = folder.resolve("page");
    Outcome.done(convert("--tolerance", 100, "--out", out, "--chart", page));
    String html = Files.readString(page.resolve("report.html"));
    assertTrue(
        html.contains("accuracy-against-samples")
            && html.contains("accuracy-against-energy")
            && html.contains("calibrate-temperatures"));
    Outcome.assertNoFolders(page, folder);
    assertTrue(html.contains("What to run next") && html.contains("pdnn predict"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --data DATA --explain --tolerance 101       | --tolerance must be 0 to 100, got 101
          --data DATA --explain --without fold        | there is no step 'fold' to leave out
          --data DATA --explain --weights 3           | '3' is not a weight format; use 8, 4, 2 or 1
          --data DATA --explain --calibration 0       | --calibration must be 1 to 16777216
          --data DATA --explain --fine-tune -1        | --fine-tune must be 0 to 1000000
          --data DATA                                 | name the model file to write by --out
          --explain                                   | name the training data by --data
          --data DATA --unmeasured --explain          | --unmeasured looks at no --data
          --unmeasured --explain --fine-tune 1        | --fine-tune trains on --data
          --data DATA --explain --technology sram56   | (did you mean 'sram65'?)
          """)
  void wrongUsageIsToldInASentence(String options, String sentence) throws IOException {
    Object[] words =
        Stream.concat(
                Stream.of("convert", source),
                Stream.of((Object[]) options.replace("DATA", data.toString()).split(" ", -1)))
            .toArray();
    String told = Outcome.refused(2, words);
    assertTrue(told.contains(sentence), told);
    assertNothingWritten();
  }

  /// What a preset reads is known without data.
  @Test
  void aPresetIsConvertedWithoutData() throws IOException {
    Network cnn = Preset.network("cnn:2-3", Neuron.parse("tanh"));
    Path weights = folder.resolve("cnn.safetensors");
    new Safetensors(cnn.tensors(), Map.of()).write(weights);
    Outcome.done(
        "convert",
        weights,
        "--network",
        "cnn:2-3",
        "--neuron",
        "tanh",
        "--unmeasured",
        "--out",
        out);
    Network converted = Model.read(out).network();
    assertEquals(Shape.of(1, 28, 28), converted.input());
    assertTrue(converted.random());
  }

  @Test
  void whatIsReadIsNotReplacedAndWhatIsReplacedIsSaid() throws IOException {
    train("tanh");
    Object[] words = {"convert", source, "--unmeasured", "--out"};
    byte[] before = Files.readAllBytes(source);
    assertEquals(
        source + " is an input; name another file by --out; see pdnn convert --help",
        Outcome.refused(2, Outcome.joined(words, source)));
    assertArrayEquals(before, Files.readAllBytes(source));
    String told = "pdnn: " + out + " was there before and is replaced\n";
    assertFalse(Outcome.done(Outcome.joined(words, out)).err().endsWith(told));
    String err = Outcome.done(Outcome.joined(words, out)).err();
    assertTrue(err.endsWith(told), err);
  }

  @Test
  void modelsAreExportedAsOnnx() throws IOException {
    Outcome.done(convert("--tolerance", 100, "--out", out));
    Path twin = folder.resolve("twin.onnx");
    Path sampled = folder.resolve("sampled.onnx");
    JsonNode json = Outcome.done("export", out, "--twin", "--out", twin, "--format", "json").json();
    assertEquals(1, json.path("samples").asInt());
    assertTrue(
        Outcome.done("export", out, "--samples", 3, "--out", sampled).out().contains("T = 3"));
    // The twin is read back; the p-DNN is none that a conversion could begin with.
    Outcome.done("convert", twin, "--unmeasured", "--explain");
    Outcome.refused(1, "convert", sampled, "--unmeasured", "--explain");
    String told = Outcome.refused(2, "export", out, "--out", folder.resolve("p.pb"));
    assertTrue(told.startsWith("--out must end in .onnx"), told);
  }

  @Test
  void networksOfFewBitsAreExportedInIntegers() throws IOException {
    Network coarse =
        Preset.network("mlp:784-8-10", Shape.of(1, 28, 28), 10, Neuron.parse("tanh:3bit"));
    Path model = folder.resolve("coarse.safetensors");
    new Model(InitialWeights.GLOROT.of(coarse, 1), Map.of()).write(model);
    Path written = folder.resolve("coarse.onnx");
    JsonNode json = Outcome.done("export", model, "--out", written, "--format", "json").json();
    assertEquals(1, json.path("samples").asInt());
    assertEquals("8", json.path("weights").asText());
    Outcome.done("export", model, "--twin", "--out", written);
    Outcome.done("convert", written, "--unmeasured", "--explain");
    assertTrue(
        Outcome.done("export", source, "--out", written)
            .words()
            .contains("the deterministic twin in 32 bits, as its neurons have more than 8 bits"));
  }
}
