package org.pdnn.cli.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pdnn.cli.Outcome;
import org.pdnn.cli.convert.ExportedResNet.Exporter;
import org.pdnn.data.Cifar;
import org.pdnn.data.DataSet;
import org.pdnn.data.Digits;
import org.pdnn.data.Images;
import org.pdnn.network.Add;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.InputForm;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.network.Window;
import org.pdnn.onnx.reader.OnnxModel;
import org.pdnn.onnx.runtime.OnnxEnvironment;
import org.pdnn.random.Philox;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.ReferenceSampler;
import org.pdnn.sampling.Run;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Trainer;

/// Residual networks as PyTorch and Keras export them, converted by the command: trained on
/// normalised images of CIFAR-10's form, coloured digits.
class ExportedResNetTest {
  private static final InputForm FORM =
      new InputForm(
          InputForm.Axes.CHANNELS_FIRST, List.of(0.28f, 0.29f, 0.3f), List.of(0.13f, 0.14f, 0.15f));

  private static final Object[] NORMALISED = {"--mean", "0.28,0.29,0.3", "--std", "0.13,0.14,0.15"};

  private static final Map<Exporter, Network> TRAINED = new EnumMap<>(Exporter.class);

  @TempDir private static Path folder;
  private static Path data = Path.of("data");

  @BeforeAll
  static void train() throws IOException {
    data = Files.createDirectories(folder.resolve("cifar"));
    DataSet digits = Digits.generate(7, 1000, 100);
    for (int batch = 1; batch <= 5; batch++) {
      Images part = digits.training().slice(200 * (batch - 1), 200 * batch);
      Files.write(data.resolve("data_batch_%s.bin".formatted(batch)), coloured(part, batch));
    }
    Files.write(data.resolve("test_batch.bin"), coloured(digits.test(), 6));
    Images training =
        Cifar.read(data)
            .training()
            .normalised(new float[] {0.28f, 0.29f, 0.3f}, new float[] {0.13f, 0.14f, 0.15f});
    Trainer trainer = new Trainer(new Hyperparameters(1, 5, 32, 5e-3, false, Outputs.LOGITS, 1));
    Network pytorch = trainer.train(InitialWeights.PYTORCH.of(network(1), 1), training);
    Network keras = trainer.train(InitialWeights.PYTORCH.of(network(0), 1), training);
    for (Exporter exporter : Exporter.values()) {
      TRAINED.put(exporter, exporter.keras() ? keras : pytorch);
    }
  }

  /// Records of CIFAR-10: digits in a colour each, in the middle of a gray image.
  private static byte[] coloured(Images digits, long seed) {
    Random random = new Random(seed);
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    float[] digit = new float[28 * 28];
    for (int i = 0; i < digits.count(); i++) {
      digits.read(i, digit, 0);
      records.write(digits.label(i));
      for (int channel = 0; channel < 3; channel++) {
        int ink = 120 + random.nextInt(136);
        for (int pixel = 0; pixel < 1024; pixel++) {
          int row = pixel / 32 - 2;
          int column = pixel % 32 - 2;
          boolean inside = row >= 0 && row < 28 && column >= 0 && column < 28;
          float value = inside ? digit[row * 28 + column] : 0;
          records.write(Math.round(60 + value * (ink - 60)));
        }
      }
    }
    return records.toByteArray();
  }

  /// @param first pixels of padding before an image whose convolution halves it: 1 in PyTorch, 0 in
  ///   Keras
  private static Network network(int first) {
    Window same = Window.square(3, 1, 1);
    Window halves = Window.square(3, 2, 1).padding(first, first, 1, 1);
    Neurons relu = new Neurons(Neuron.parse("relu"));
    return Network.of(Shape.of(3, 32, 32))
        .add("conv1", Convolution.of(3, 16, Window.square(5, 4, 2), 1))
        .add("bn1", BatchNorm.of(16))
        .add("act1", relu)
        .add("layer1.0.conv1", Convolution.of(16, 16, same, 1))
        .add("layer1.0.bn1", BatchNorm.of(16))
        .add("layer1.0.act1", relu)
        .add("layer1.0.conv2", Convolution.of(16, 16, same, 1))
        .add("layer1.0.bn2", BatchNorm.of(16))
        .add("layer1.0.sum", new Add(), "layer1.0.bn2", "act1")
        .add("layer1.0.act2", relu)
        .add("layer2.0.conv1", Convolution.of(16, 32, halves, 1))
        .add("layer2.0.bn1", BatchNorm.of(32))
        .add("layer2.0.act1", relu)
        .add("layer2.0.conv2", Convolution.of(32, 32, same, 1))
        .add("layer2.0.bn2", BatchNorm.of(32))
        .add(
            "layer2.0.downsample.0",
            Convolution.of(16, 32, Window.of(1, 1).stride(2, 2), 1),
            "layer1.0.act2")
        .add("layer2.0.downsample.1", BatchNorm.of(32))
        .add("layer2.0.sum", new Add(), "layer2.0.bn2", "layer2.0.downsample.1")
        .add("layer2.0.act2", relu)
        .add("avgpool", new GlobalAveragePool())
        .add("flatten", new Flatten())
        .add("fc", Dense.of(32, 10))
        .network();
  }

  private static byte[] bytes(Exporter exporter) {
    return ExportedResNet.of(
        exporter, Objects.requireNonNull(TRAINED.get(exporter)), inGraph(exporter));
  }

  /// The normalisation that is part of the file.
  private static InputForm inGraph(Exporter exporter) {
    return exporter == Exporter.KERAS_UNFOLDED ? FORM : InputForm.PIXELS;
  }

  private static Path file(Exporter exporter) throws IOException {
    return Files.write(folder.resolve(exporter + ".onnx"), bytes(exporter));
  }

  @ParameterizedTest
  @EnumSource
  void theFileAnswersAsInOnnxRuntime(Exporter exporter) throws IOException, OrtException {
    Network read = OnnxModel.read(file(exporter)).network();
    assertEquals(Shape.of(3, 32, 32), read.input());
    float[] image = new float[3 * 32 * 32];
    Images test = Cifar.read(data).test();
    for (int i = 0; i < 5; i++) {
      test.read(i, image, 0);
      double[] logits = new ReferenceSampler(read, Run.of(1)).passes(image, 0, new Philox(1))[0];
      double[] ours = exporter.keras() ? Outputs.softmax(logits) : logits;
      float[] theirs = new float[image.length];
      (exporter.keras() ? test.channelsLast() : test).read(i, theirs, 0);
      assertArrayEquals(ran(exporter, theirs), ours, 1e-4, "image " + i);
    }
  }

  private static double[] ran(Exporter exporter, float[] image) throws OrtException {
    long[] extents = exporter.keras() ? new long[] {1, 32, 32, 3} : new long[] {1, 3, 32, 32};
    OrtEnvironment environment = OnnxEnvironment.get();
    try (OrtSession session = environment.createSession(bytes(exporter));
        OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(image), extents);
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), input))) {
      FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
      double[] values = new double[output.remaining()];
      for (int i = 0; i < values.length; i++) {
        values[i] = output.get(i);
      }
      return values;
    }
  }

  private JsonNode converted(Exporter exporter, Object... more) throws IOException {
    Object[] command = {
      "convert", file(exporter), "--data", data, "--samples", "1,4", "--seeds", 1
    };
    Object[] end = {
      "--fine-tune", 0, "--tolerance", 100, "--out", out(exporter), "--format", "json"
    };
    return Outcome.done(Outcome.joined(Outcome.joined(command, more), end)).json();
  }

  private static Path out(Exporter exporter) {
    return folder.resolve(exporter + ".safetensors");
  }

  /// The neurons inside blocks are p-bits; those after sums have no bound and stay.
  private static void assertConverted(Exporter exporter, JsonNode report) throws IOException {
    double accuracy = report.path("curve").path(0).path("accuracy").asDouble();
    assertTrue(accuracy > 0.5, "right on " + accuracy);
    assertFalse(report.path("remarks").toString().contains("normalised"), report.toString());
    Network network = Model.read(out(exporter)).network();
    List<String> neurons =
        network.layers().stream()
            .filter(Neurons.class::isInstance)
            .map(layer -> ((Neurons) layer).neuron().toString())
            .toList();
    assertEquals(List.of("relu", "pbit:clip", "relu", "pbit:clip", "relu"), neurons);
    String steps = report.path("steps").toString();
    for (int layer = 0; layer < network.layers().size(); layer++) {
      if (network.layers().get(layer) instanceof Neurons(Neuron.PBit _)) {
        assertTrue(
            steps.contains("layer %s became clip, bounded".formatted(network.name(layer))), steps);
      }
    }
    String arithmetic = report.path("arithmetic").asText();
    assertTrue(arithmetic.startsWith("run and priced in floating point"), arithmetic);
  }

  @Test
  void pytorchsNormalisationIsNoticed() throws IOException {
    JsonNode report = converted(Exporter.PYTORCH);
    assertTrue(
        report.path("remarks").path(0).asText().startsWith("the network seems to be trained on"),
        report.toString());
    assertEquals("no answer", report.path("verdict").path("answer").asText());
    assertTrue(report.path("nextCommand").asText().contains(" --mean 0."), report.toString());
  }

  @Test
  void pytorchsNetworkIsConverted() throws IOException {
    JsonNode report = converted(Exporter.PYTORCH_UNFOLDED, NORMALISED);
    assertConverted(Exporter.PYTORCH_UNFOLDED, report);
    Model model = Model.read(out(Exporter.PYTORCH_UNFOLDED));
    assertEquals(FORM, model.input());
    assertEquals("layer2.0.conv1", model.network().name(7));
  }

  /// Its normalisation is a layer of the file, its images have their channels last.
  @Test
  void kerassNetworkIsConverted() throws IOException {
    JsonNode report = converted(Exporter.KERAS_UNFOLDED);
    assertConverted(Exporter.KERAS_UNFOLDED, report);
    assertTrue(
        report
            .path("remarks")
            .toString()
            .contains("images are (channels, height, width) here, (height, width, channels) in"),
        report.toString());
    Model model = Model.read(out(Exporter.KERAS_UNFOLDED));
    assertEquals(InputForm.PIXELS, model.input());
    assertEquals(Shape.of(3, 32, 32), model.network().input());
  }
}
