package org.pdnn.server.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pdnn.evaluation.Environment;
import org.pdnn.server.passes.SampledModel;

/// What the server says of itself and its models, as JSON.
public final class Descriptions {
  /// The extensions of the protocol that are served, ours among them.
  public static final List<String> EXTENSIONS =
      List.of(
          "binary_tensor_data",
          "model_repository",
          "parameters",
          "infer_stream",
          "deadline",
          "joules");

  /// What the server calls itself, and the format of its models.
  public static final String NAME = "pdnn";

  public static final String PLATFORM = "pdnn_safetensors";

  private static final int ANY = -1;

  private Descriptions() {}

  /// A version of a model among all.
  ///
  /// @param version empty as long as it is not loaded
  /// @param ready whether it answers
  /// @param reason why it does not
  public record Listed(String name, String version, boolean ready, String reason) {}

  /// All models.
  public static byte[] index(List<Listed> models) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Listed model : models) {
      ObjectNode one = json.addObject().put("name", model.name()).put("version", model.version());
      one.put("state", model.ready() ? "READY" : "UNAVAILABLE");
      one.put("reason", model.reason());
    }
    return bytes(json);
  }

  /// The server.
  public static byte[] server() {
    ObjectNode json = object().put("name", NAME).put("version", version());
    EXTENSIONS.forEach(json.putArray("extensions")::add);
    return bytes(json);
  }

  /// That of the server.
  public static String version() {
    return Environment.here().version();
  }

  /// The inputs of a model: one.
  public static List<TensorDescription> inputs(SampledModel model) {
    List<Integer> shape = new ArrayList<>(List.of(ANY));
    shape.addAll(model.network().input().dimensions());
    return List.of(new TensorDescription(InputTensor.NAME, Datatype.FP32, shape));
  }

  /// The outputs of a model, those of every model.
  public static List<TensorDescription> outputs(SampledModel model) {
    return Arrays.stream(Output.values())
        .map(output ->
            new TensorDescription(output.toString(), output.datatype(), output.shape(ANY, model)))
        .toList();
  }

  /// A model, with its inputs and outputs.
  ///
  /// @param versions all that there are
  public static byte[] model(SampledModel model, List<String> versions) {
    ObjectNode json = object().put("name", model.name());
    versions.forEach(json.putArray("versions")::add);
    json.put("platform", PLATFORM);
    describe(json.putArray("inputs"), inputs(model));
    describe(json.putArray("outputs"), outputs(model));
    return bytes(json);
  }

  private static void describe(ArrayNode array, List<TensorDescription> tensors) {
    for (TensorDescription tensor : tensors) {
      ObjectNode json =
          array.addObject().put("name", tensor.name()).put("datatype", tensor.datatype().name());
      tensor.shape().forEach(json.putArray("shape")::add);
    }
  }

  /// A model that can be asked, or not yet.
  public static byte[] ready(String name, boolean ready) {
    return bytes(object().put("name", name).put("ready", ready));
  }

  /// A server that is there, or ready for questions.
  public static byte[] live(boolean live) {
    return bytes(object().put("live", live));
  }

  /// What is wrong.
  public static byte[] error(String sentence) {
    return bytes(object().put("error", sentence));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static byte[] bytes(JsonNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
