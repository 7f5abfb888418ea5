package org.pdnn.onnx.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.onnx.Examples;

/// Models that PyTorch's exporter writes, if it is installed (Debian: python3-torch, python3-onnx).
class PyTorchExportTest {
  private static final int INPUTS = 5;

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> aModelAnswersAsPyTorchAndOnnxRuntimeDo()
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        python("-c", "import torch, onnx") == 0,
        "/usr/bin/python3 has no torch and onnx: PyTorch's exports untested");
    Path script = folder.resolve("export.py");
    try (InputStream text = PyTorchExportTest.class.getResourceAsStream("export.py")) {
      Files.copy(Objects.requireNonNull(text), script);
    }
    assertEquals(0, python(script.toString(), folder.toString()));
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> models = files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
      assertTrue(models.size() > 40, "only %d models".formatted(models.size()));
      return models.stream()
          .map(model ->
              DynamicTest.dynamicTest(model.getFileName().toString(), () -> answers(model)));
    }
  }

  private int python(String... arguments) throws IOException, InterruptedException {
    Path interpreter = Path.of("/usr/bin/python3");
    if (!Files.isExecutable(interpreter)) {
      return -1;
    }
    List<String> command =
        Stream.concat(Stream.of(interpreter.toString()), Stream.of(arguments)).toList();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("python.log").toFile())
            .start();
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), "Python takes more than two minutes");
    return process.exitValue();
  }

  private static void answers(Path file) throws IOException, OrtException {
    OnnxModel model = OnnxModel.read(file);
    String name = file.getFileName().toString();
    String network = name.substring(0, name.indexOf('-'));
    float[][] inputs = rows(file.resolveSibling(network + ".in"));
    float[][] outputs = rows(file.resolveSibling(network + ".out"));
    Examples.assertClose(outputs, Agreement.answers(model, inputs), "PyTorch");
    // One operator set is exported with the two inputs that it was traced with.
    Agreement.assertAgrees(model, Files.readAllBytes(file), 2);
  }

  private static float[][] rows(Path file) throws IOException {
    FloatBuffer values =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[][] rows = new float[INPUTS][values.remaining() / INPUTS];
    for (float[] row : rows) {
      values.get(row);
    }
    return rows;
  }
}
