package org.pdnn.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.InputForm.Axes;

class ModelTest {
  private static final Network NETWORK =
      SmallNetworks.everyLayer(Neuron.parse("pbit:sigmoid"), Neuron.parse("noisy:tanh:0.25"));

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Model model = new Model(NETWORK, Map.of("data", "digits \"ä\"", "epochs", "3"));
    model.write(file);
    assertEquals(model, Model.read(file));
  }

  @Test
  void layersThatAreWrittenAreRead() throws IOException {
    Path file = folder.resolve("model.safetensors");
    for (Network every :
        SmallNetworks.every(Neuron.parse("pbit:sigmoid"), Neuron.parse("pbit:tanh"))) {
      new Model(every, Map.of()).write(file);
      assertEquals(every, Model.read(file).network());
    }
    Network tokens = SmallNetworks.language(Neuron.parse("gelu"));
    new Model(tokens, Map.of()).write(file);
    assertEquals(tokens, Model.read(file).network());
    for (long seed = 1; seed <= 100; seed++) {
      Network network = RandomWindows.of(seed, Neuron.parse("relu"));
      new Model(network, Map.of()).write(file);
      assertEquals(network, Model.read(file).network(), "seed " + seed);
    }
  }

  /// Chains of squares alike on all sides are written as before there were others.
  @Test
  void whatFormatOneSaysIsWrittenInIt() {
    assertEquals(
        "{\"format\":1,\"input\":[1,9,9],\"layers\":["
            + "{\"layer\":\"convolution\",\"stride\":2,\"padding\":1},"
            + "{\"layer\":\"maxPool\",\"size\":2},"
            + "{\"layer\":\"averagePool\",\"size\":2}]}",
        new Network(
                Shape.of(1, 9, 9),
                List.of(
                    new Convolution(
                        Tensor.filled(Shape.of(3, 1, 3, 2), 0),
                        Tensor.filled(Shape.of(3), 0),
                        2,
                        1),
                    new MaxPool(2),
                    new AveragePool(2)))
            .architecture());
    assertEquals(
        "{\"format\":2,\"input\":[2,9,9],\"layers\":["
            + "{\"layer\":\"convolution\",\"stride\":[1,2],\"padding\":[0,1,0,1],"
            + "\"dilation\":2,\"groups\":2},"
            + "{\"layer\":\"maxPool\",\"size\":[2,1]},"
            + "{\"layer\":\"averagePool\",\"size\":2,\"stride\":1,\"padding\":1,\"ceil\":true,"
            + "\"countPadding\":false},"
            + "{\"layer\":\"globalAveragePool\"}]}",
        new Network(
                Shape.of(2, 9, 9),
                List.of(
                    Convolution.of(
                        2, 2, Window.of(3, 3).stride(1, 2).padding(0, 1, 0, 1).dilation(2, 2), 2),
                    new MaxPool(Window.of(2, 1)),
                    new AveragePool(Window.square(2, 1, 1).ceil(true), false),
                    new GlobalAveragePool()))
            .architecture());
  }

  @Test
  void whatTheNetworkReadsAndLearntFromIsRemembered() throws IOException {
    InputForm input = new InputForm(Axes.CHANNELS_LAST, List.of(0.5f, 0.25f), List.of(1f, 0.1f));
    TrainedOn data =
        new TrainedOn(
                "my \"pictures\"",
                "0".repeat(64),
                Optional.of("f".repeat(64)),
                List.of("cat", "dög", "none of \"these\""))
            .withValidation(2000, -7);
    Model model = new Model(NETWORK, input, Optional.of(data), Map.of("epochs", "3"));
    Path file = folder.resolve("model.safetensors");
    model.write(file);
    assertEquals(model, Model.read(file));
  }

  /// As models are that were written before anything was remembered.
  @Test
  void aFileThatRemembersNothingReadsPixels() throws IOException {
    Path file = folder.resolve("model.safetensors");
    new Model(NETWORK, Map.of("data", "digits", "dataSha256", "0".repeat(64))).write(file);
    assertEquals(Set.of("pdnn", "data", "dataSha256"), Safetensors.read(file).metadata().keySet());
    assertEquals(InputForm.PIXELS, Model.read(file).input());
    assertEquals(Optional.empty(), Model.read(file).trainedOn());
  }

  @Test
  void equalModelsAreEqualFiles() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    new Model(NETWORK, Map.of("data", "digits")).write(one);
    Model.read(one).write(two);
    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
  }

  /// Whatever the order in which the notes come: that of `Map.of` differs between JVMs.
  @Test
  void theOrderOfTheNotesDoesNotChangeTheFile() throws IOException {
    Map<String, String> forth = new LinkedHashMap<>();
    forth.put("data", "digits");
    forth.put("epochs", "3");
    Map<String, String> back = new LinkedHashMap<>();
    back.put("epochs", "3");
    back.put("data", "digits");
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    new Model(NETWORK, forth).write(one);
    new Model(NETWORK, back).write(two);
    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
  }

  @Test
  void theLayoutIsThatOfSafetensors() throws IOException {
    Path file = folder.resolve("model.safetensors");
    new Model(NETWORK, Map.of("data", "digits")).write(file);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong();
    assertEquals(0, length % 8);
    byte[] text = new byte[length];
    bytes.get(text);
    JsonNode header = new JsonMapper().readTree(new String(text, StandardCharsets.UTF_8));

    // The names of nn.Sequential, in the order of its state_dict, without num_batches_tracked.
    assertEquals(
        List.of(
            "__metadata__",
            "0.weight",
            "0.bias",
            "1.weight",
            "1.bias",
            "1.running_mean",
            "1.running_var",
            "4.weight",
            "4.bias",
            "8.weight",
            "8.bias",
            "11.weight",
            "11.bias"),
        header.propertyStream().map(Map.Entry::getKey).toList());
    assertEquals("digits", header.path("__metadata__").path("data").asText());

    int offset = 0;
    for (var entry : NETWORK.tensors().entrySet()) {
      JsonNode node = header.path(entry.getKey());
      assertEquals("F32", node.path("dtype").asText());
      assertEquals(
          entry.getValue().shape().dimensions().toString().replace(" ", ""),
          node.path("shape").toString());
      assertEquals(offset, node.path("data_offsets").path(0).asInt());
      for (float value : entry.getValue().toArray()) {
        assertEquals(value, bytes.getFloat(8 + length + offset));
        offset += Float.BYTES;
      }
      assertEquals(offset, node.path("data_offsets").path(1).asInt());
    }
    assertEquals(bytes.capacity(), 8 + length + offset);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pdnn", "pdnn.input", "pdnn.trainedOn"})
  void someKeysAreTaken(String key) {
    var e =
        assertThrows(IllegalArgumentException.class, () -> new Model(NETWORK, Map.of(key, "x")));
    assertEquals("the key '%s' is taken by the model".formatted(key), e.getMessage());
  }

  @Test
  void classesAreAsManyAsOutputs() {
    var two = new TrainedOn("digits", "0".repeat(64), Optional.empty(), List.of("0", "1"));
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Model(NETWORK, InputForm.PIXELS, Optional.of(two), Map.of()));
    assertEquals("a network of 3 outputs cannot have learnt 2 classes", e.getMessage());
  }

  @Test
  void wrongPathsAreExplained() throws IOException {
    Path absent = folder.resolve("absent");
    var e = assertThrows(IOException.class, () -> Model.read(absent));
    assertEquals(absent + " does not exist; check the path", e.getMessage());
    e = assertThrows(IOException.class, () -> Model.read(folder));
    assertEquals(folder + " is a folder; name a .safetensors file", e.getMessage());
    Path foreign = folder.resolve("foreign");
    new Safetensors(NETWORK.tensors(), Map.of()).write(foreign);
    assertEquals(NETWORK.tensors(), Safetensors.read(foreign).tensors());
    e = assertThrows(IOException.class, () -> Model.read(foreign));
    assertEquals(
        "%s holds tensors but no pdnn architecture; name one by pdnn convert %s --network mlp:784-64-10 --data NAME|FOLDER --out FILE"
            .formatted(foreign, foreign),
        e.getMessage());
  }
}
