package org.pdnn.server.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A reply to a request, whatever it is written as.
///
/// @param id of the request
/// @param parameters texts, numbers and truth values, by name
public record InferReply(
    String model,
    String version,
    Optional<String> id,
    Map<String, Object> parameters,
    List<Tensor> tensors) {
  private static final JsonFactory JSON = new JsonFactory();

  /// An output.
  ///
  /// @param binary whether it is wanted as bytes
  public record Tensor(OutputTensor values, boolean binary) {}

  public InferReply {
    tensors = List.copyOf(tensors);
  }

  /// As JSON, with binary tensors after it.
  public Reply json() {
    ByteArrayOutputStream body = new ByteArrayOutputStream(512);
    ByteArrayOutputStream binary = new ByteArrayOutputStream(0);
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("model_name", model);
      json.writeStringField("model_version", version);
      if (id.isPresent()) {
        json.writeStringField("id", id.get());
      }
      json.writeObjectFieldStart("parameters");
      for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
        json.writeFieldName(parameter.getKey());
        json.writePOJO(parameter.getValue());
      }
      json.writeEndObject();
      json.writeArrayFieldStart("outputs");
      for (Tensor tensor : tensors) {
        tensor.values().write(json, tensor.binary());
        if (tensor.binary()) {
          binary.write(tensor.values().binary());
        }
      }
      json.writeEndArray();
      json.writeEndObject();
      json.flush();
      int length = body.size();
      binary.writeTo(body);
      return new Reply(
          body.toByteArray(),
          tensors.stream().anyMatch(Tensor::binary) ? OptionalInt.of(length) : OptionalInt.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
