package org.pdnn.server.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pdnn.files.JsonFault;
import org.pdnn.names.Printable;
import org.pdnn.network.Shape;

/// A request of the protocol, as far as it is checked without its model.
///
/// @param id to be echoed
/// @param parameters of the request, by name
/// @param inputs as the network reads them
/// @param outputs that are wanted, by name, and whether each is to be binary; none for the usual
/// @param binary whether outputs are binary that do not say
public record InferRequest(
    Optional<String> id,
    Map<String, Object> parameters,
    List<float[]> inputs,
    Map<String, Boolean> outputs,
    boolean binary) {
  private static final int MOST_OUTPUTS = 64;
  private static final String BINARY_OUTPUT = "binary_data_output";

  /// Refuses what is deeper or longer than a request can be.
  static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxStringLength(1 << 12)
                  .maxNameLength(1 << 8)
                  .maxNumberLength(64)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  public InferRequest {
    parameters = Map.copyOf(parameters);
    inputs = List.copyOf(inputs);
  }

  /// Reads a body: JSON, and binary tensors after it.
  ///
  /// @param jsonLength bytes of the JSON
  /// @param shape of an input
  /// @param most inputs that a request may have
  public static InferRequest read(byte[] body, long jsonLength, Shape shape, int most)
      throws RequestException {
    if (jsonLength < 0 || jsonLength > body.length) {
      throw RequestException.wrong(
          "Inference-Header-Content-Length is %s, the body has %s bytes", jsonLength, body.length);
    }
    int length = (int) jsonLength;
    try (JsonParser json = JSON.createParser(body, 0, length)) {
      return new Reading(new InputTensor(shape, most)).read(json, body, length);
    } catch (JsonProcessingException e) {
      throw RequestException.wrong("the body is not JSON: %s", JsonFault.of(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether any output is wanted as bytes.
  public boolean anyBinary() {
    return binary || outputs.containsValue(true);
  }

  /// A request whose parts came each for itself.
  ///
  /// @param input the one of the model
  /// @param outputs that are wanted, none for the usual; binary if the input is
  /// @param shape of an input
  /// @param most inputs that a request may have
  public static InferRequest of(
      Optional<String> id,
      Map<String, Object> parameters,
      GivenTensor input,
      List<String> outputs,
      Shape shape,
      int most)
      throws RequestException {
    boolean binary = input.raw().isPresent();
    Map<String, Boolean> wanted = new LinkedHashMap<>();
    for (String output : outputs) {
      if (wanted.put(output, binary) != null) {
        throw RequestException.wrong("output %s is asked for twice", Printable.quoted(output));
      }
    }
    return new InferRequest(
        id, parameters, new InputTensor(shape, most).inputs(input), wanted, binary);
  }

  /// The parts that are found one after the other.
  private static final class Reading {
    private final InputTensor input;
    private Optional<String> id = Optional.empty();
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final Map<String, Boolean> outputs = new LinkedHashMap<>();
    private final List<String> undecided = new ArrayList<>();
    private boolean read;

    private Reading(InputTensor input) {
      this.input = input;
    }

    private InferRequest read(JsonParser json, byte[] body, int length)
        throws IOException, RequestException {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw RequestException.wrong("the body must be a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        switch (key) {
          case "id" -> id = Optional.of(Scalars.text(json, "an id"));
          case "parameters" -> parameters.putAll(Scalars.object(json, "of the request"));
          case "inputs" -> inputs(json);
          case "outputs" -> outputs(json);
          default -> json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        throw RequestException.wrong("something follows the JSON object");
      }
      if (!read) {
        throw RequestException.wrong("the request has no input");
      }
      boolean binary = Boolean.TRUE.equals(parameters.remove(BINARY_OUTPUT));
      undecided.forEach(name -> outputs.put(name, binary));
      return new InferRequest(id, parameters, input.inputs(body, length), outputs, binary);
    }

    private void inputs(JsonParser json) throws IOException, RequestException {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw RequestException.wrong("inputs must be an array");
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (read) {
          throw RequestException.wrong("the model has one input, the request more");
        }
        requireObject(json, "an input");
        input.read(json);
        read = true;
      }
    }

    private void outputs(JsonParser json) throws IOException, RequestException {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw RequestException.wrong("outputs must be an array");
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        requireObject(json, "an output");
        output(json);
        if (outputs.size() > MOST_OUTPUTS) {
          throw RequestException.wrong("a request has at most %s outputs", MOST_OUTPUTS);
        }
      }
    }

    private void output(JsonParser json) throws IOException, RequestException {
      String name = "";
      Map<String, Object> own = Map.of();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        switch (key) {
          case "name" -> name = Scalars.text(json, "the name of an output");
          case "parameters" -> own = Scalars.object(json, "of an output");
          default -> json.skipChildren();
        }
      }
      if (own.containsKey("classification")) {
        throw RequestException.wrong("the classification extension is not served; ask for 'class'");
      }
      Object binary = own.get("binary_data");
      if (binary == null) {
        undecided.add(name);
      }
      if (outputs.put(name, Boolean.TRUE.equals(binary)) != null) {
        throw RequestException.wrong("output %s is asked for twice", Printable.quoted(name));
      }
    }

    private static void requireObject(JsonParser json, String what) throws RequestException {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw RequestException.wrong("%s must be an object", what);
      }
    }
  }
}
