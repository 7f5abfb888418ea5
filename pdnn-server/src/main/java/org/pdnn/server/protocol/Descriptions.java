package org.pdnn.server.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.pdnn.evaluation.Environment;
import org.pdnn.server.passes.SampledModel;

/// What the server says of itself and its models, as JSON.
public final class Descriptions {
  /// The extensions of the protocol that are served, ours among them.
  private static final List<String> EXTENSIONS =
      List.of("binary_tensor_data", "parameters", "infer_stream", "deadline", "joules");

  private static final int ANY = -1;

  private Descriptions() {}

  /// The server.
  public static byte[] server() {
    ObjectNode json = object().put("name", "pdnn").put("version", Environment.here().version());
    EXTENSIONS.forEach(json.putArray("extensions")::add);
    return bytes(json);
  }

  /// A model, with its inputs and outputs.
  public static byte[] model(SampledModel model) {
    ObjectNode json = object().put("name", model.name());
    json.putArray("versions").add(model.version());
    json.put("platform", "pdnn_safetensors");
    List<Integer> shape = new ArrayList<>(List.of(ANY));
    shape.addAll(model.network().input().dimensions());
    describe(json.putArray("inputs"), InputTensor.NAME, Datatype.FP32, shape);
    ArrayNode outputs = json.putArray("outputs");
    for (Output output : Output.values()) {
      describe(outputs, output.toString(), output.datatype(), output.shape(ANY, model));
    }
    return bytes(json);
  }

  private static void describe(
      ArrayNode array, String name, Datatype datatype, List<Integer> shape) {
    ObjectNode tensor = array.addObject().put("name", name).put("datatype", datatype.name());
    shape.forEach(tensor.putArray("shape")::add);
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

  private static byte[] bytes(ObjectNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
