package org.pdnn.onnx.reader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The models that ONNX tests its operators with, if they are installed (Debian: libonnx-testdata),
/// with their inputs and outputs.
///
/// Most give the weights as further inputs; those are put into the model first. Those that PyTorch
/// wrote are of operator set 6.
class PublishedModelsTest {
  static final Path FOLDER = Path.of("/usr/share/libonnx-testdata/data");

  @TempDir private Path folder;

  @Test
  void everyModelAnswersAsPublishedOrIsRefusedInOneSentence() throws IOException {
    Assumptions.assumeTrue(
        Files.isDirectory(FOLDER), "libonnx-testdata is not installed: published models untested");
    List<Path> files;
    try (Stream<Path> found = Files.walk(FOLDER)) {
      files = found.filter(file -> file.endsWith("model.onnx")).sorted().toList();
    }
    Map<String, Integer> read = new TreeMap<>();
    for (Path file : files) {
      try {
        Path inside = folder.resolve("model.onnx");
        OnnxModel model = OnnxModel.read(Files.write(inside, withWeightsInside(file)));
        answersAsPublished(model, file);
        read.merge(FOLDER.relativize(file).getName(0).toString(), 1, Integer::sum);
      } catch (IOException e) {
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith(folder.toString()), message);
        assertEquals(1, message.lines().count(), message);
      }
    }
    assertTrue(read.getOrDefault("node", 0) >= 40, read.toString());
    assertTrue(read.getOrDefault("pytorch-converted", 0) >= 13, read.toString());
  }

  /// The model with all inputs but the first as initializers.
  static byte[] withWeightsInside(Path file) throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder();
    List<String> inside = graph.getInitializerList().stream().map(TensorProto::getName).toList();
    List<ValueInfoProto> inputs = new ArrayList<>(graph.getInputList());
    inputs.removeIf(input -> inside.contains(input.getName()));
    for (int i = 1; i < inputs.size(); i++) {
      Path value = file.resolveSibling("test_data_set_0/input_%d.pb".formatted(i));
      if (Files.exists(value)) {
        TensorProto.Builder tensor = TensorProto.parseFrom(Files.readAllBytes(value)).toBuilder();
        graph.addInitializer(tensor.setName(inputs.get(i).getName()));
      }
    }
    return model.build().toByteArray();
  }

  private static void answersAsPublished(OnnxModel model, Path file) throws IOException {
    Reals input = values(file.resolveSibling("test_data_set_0/input_0.pb"));
    Reals output = values(file.resolveSibling("test_data_set_0/output_0.pb"));
    int batch = Math.min(2, input.dimensions().getFirst());
    float[][] inputs = new float[batch][model.network().input().size()];
    for (int i = 0; i < batch; i++) {
      for (int v = 0; v < inputs[i].length; v++) {
        inputs[i][v] = input.get(i * inputs[i].length + v);
      }
    }
    float[][] answers = Agreement.answers(model, inputs);
    if (model.remarks().toString().contains("outputs are")) {
      int channels = model.network().output().dimension(0);
      Arrays.setAll(answers, i -> TransformersTest.turned(answers[i], channels));
    }
    for (int i = 0; i < batch; i++) {
      float[] expected = new float[answers[i].length];
      for (int v = 0; v < expected.length; v++) {
        expected[v] = output.get(i * expected.length + v);
      }
      assertArrayEquals(expected, answers[i], 1e-4f, file.toString());
    }
  }

  private static Reals values(Path file) throws IOException {
    TensorProto tensor = TensorProto.parseFrom(Files.readAllBytes(file));
    return TensorValues.read(tensor, new ExternalData(file)).reals();
  }
}
