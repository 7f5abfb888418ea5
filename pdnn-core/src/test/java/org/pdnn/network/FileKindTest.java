package org.pdnn.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files of other software where a model file is wanted.
class FileKindTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          net.onnx        | \\b\\007\\022     | is an ONNX model; make a model file of it by pdnn convert
          net.npz         | PK\\003\\004     | is an archive of arrays; make a model file of it by pdnn convert
          net.pt          | PK\\003\\004     | is a pickle, as PyTorch writes; bring its weights here as docs/how-to/pytorch.md shows
          net             | PK\\003\\004..........................net/data.pkl | is a pickle, as PyTorch writes
          net.h5          | \\211HDF\\r\\n      | is a file of Keras; bring its weights here as docs/how-to/numpy.md shows
          net             | \\211HDF\\r\\n      | is a file of Keras
          net.keras       | PK\\003\\004     | is a file of Keras
          net.tflite      | ....TFL3           | is a model of TensorFlow; in Python, turn it into ONNX by tf2onnx
          net             | ....TFL3           | is a model of TensorFlow
          saved_model.pb  | \\b\\001          | is a model of TensorFlow
          net.npy         | \\223NUMPY        | is one array without a name
          net.safetensors | version https://git-lfs.github.com/spec/v1 | is what git keeps in place of a large file; fetch it by git lfs pull
          net.txt         | weights           | is not a sound safetensors file
          """)
  void aFileOfOtherSoftwareIsRefusedWithTheWay(String name, String bytes, String fault)
      throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, bytes.translateEscapes().getBytes(StandardCharsets.ISO_8859_1));
    String message =
        String.valueOf(assertThrows(IOException.class, () -> Model.read(file)).getMessage());
    assertTrue(message.startsWith(file + " " + fault), message);
    assertEquals(1, message.lines().count(), message);
    assertEquals(message, assertThrows(IOException.class, () -> ModelFile.read(file)).getMessage());
  }

  @Test
  void theCommandNamesBothFiles() throws IOException {
    Path file = Files.write(folder.resolve("a.b.onnx"), new byte[] {8, 7});
    String message =
        String.valueOf(assertThrows(IOException.class, () -> Model.read(file)).getMessage());
    assertTrue(
        message.endsWith(
            " by pdnn convert %s --data NAME|FOLDER --out %s"
                .formatted(file, folder.resolve("a.b.safetensors"))),
        message);
  }

  @Test
  void aModelFileMayHaveAnyName() throws IOException {
    Network network = Preset.network("mlp:4-3-2", Shape.of(4), 2, Neuron.parse("tanh"));
    Path file = folder.resolve("model.ckpt");
    new Model(network, Map.of()).write(file);
    assertEquals(network, Model.read(file).network());
  }
}
