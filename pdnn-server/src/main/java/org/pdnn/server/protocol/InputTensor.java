package org.pdnn.server.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.pdnn.names.Printable;
import org.pdnn.network.Shape;

/// The input of a request, read from JSON piece by piece, so that what is too much is refused
/// before it takes memory.
final class InputTensor {
  /// The name of every model's input.
  static final String NAME = "input";

  private static final int MOST_DIMENSIONS = 16;

  private final Shape shape;
  private final int most;

  private String name = "";
  private @Nullable Datatype datatype;
  private @Nullable List<Long> given;
  private OptionalInt binarySize = OptionalInt.empty();
  private boolean inJson;
  private float[] values = new float[0];
  private int count;

  /// @param shape of an input, as the network reads it
  /// @param most inputs of a request
  InputTensor(Shape shape, int most) {
    this.shape = shape;
    this.most = most;
  }

  /// Reads an object that has begun.
  void read(JsonParser json) throws IOException, RequestException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      switch (key) {
        case "name" -> name = Scalars.text(json, "the name of an input");
        case "datatype" -> datatype = Datatype.parse(Scalars.text(json, "a datatype"));
        case "shape" -> given = shape(json);
        case "parameters" -> binarySize = binarySize(Scalars.object(json, "of an input"));
        case "data" -> data(json);
        default -> json.skipChildren();
      }
    }
  }

  private static List<Long> shape(JsonParser json) throws IOException, RequestException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw RequestException.wrong("a shape must be an array of whole numbers");
    }
    List<Long> dimensions = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
          || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
        throw RequestException.wrong("a shape must be an array of whole numbers");
      }
      dimensions.add(json.getLongValue());
      if (dimensions.size() > MOST_DIMENSIONS) {
        throw RequestException.wrong("a shape has at most %s dimensions", MOST_DIMENSIONS);
      }
    }
    return dimensions;
  }

  private static OptionalInt binarySize(Map<String, Object> parameters) throws RequestException {
    Object size = parameters.get("binary_data_size");
    if (size == null) {
      return OptionalInt.empty();
    }
    if (size instanceof Long bytes && bytes >= 0 && bytes <= Integer.MAX_VALUE) {
      return OptionalInt.of(Math.toIntExact(bytes));
    }
    throw RequestException.wrong("binary_data_size must be a number of bytes, got %s", size);
  }

  private void data(JsonParser json) throws IOException, RequestException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw RequestException.wrong("data must be an array of numbers, nested or flat");
    }
    inJson = true;
    for (int depth = 1; depth > 0; ) {
      switch (json.nextToken()) {
        case START_ARRAY -> depth++;
        case END_ARRAY -> depth--;
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> add(json.getFloatValue());
        case null, default ->
            throw RequestException.wrong("data must be an array of numbers, nested or flat");
      }
    }
  }

  private void add(float value) throws RequestException {
    Datatype.requireFinite(value, count);
    if (count == values.length) {
      long limit = (long) most * shape.size();
      if (count == limit) {
        throw tooMany();
      }
      values = Arrays.copyOf(values, (int) Math.min(limit, Math.max(shape.size(), 2L * count)));
    }
    values[count++] = value;
  }

  private RequestException tooMany() {
    return RequestException.wrong("a request has at most %s inputs", most);
  }

  /// The inputs of a tensor whose parts are there.
  List<float[]> inputs(GivenTensor tensor) throws RequestException {
    name = tensor.name();
    datatype = Datatype.parse(tensor.datatype());
    given = tensor.shape();
    if (tensor.raw().isPresent()) {
      byte[] raw = tensor.raw().get();
      binarySize = OptionalInt.of(raw.length);
      return inputs(raw, 0);
    }
    inJson = true;
    values = tensor.values();
    count = values.length;
    for (int i = 0; i < count; i++) {
      Datatype.requireFinite(values[i], i);
    }
    return inputs(new byte[0], 0);
  }

  /// The inputs, once all is read.
  ///
  /// @param body with the binary tensors from a byte on
  List<float[]> inputs(byte[] body, int from) throws RequestException {
    if (!name.equals(NAME)) {
      throw RequestException.wrong(
          "the model's input is '%s', got %s", NAME, Printable.quoted(name));
    }
    Datatype type = datatype;
    if (type == null || !type.readable()) {
      throw RequestException.wrong(
          "the datatype of '%s' must be %s, got %s",
          NAME, Datatype.readableOnes(), type == null ? "none" : type);
    }
    int inputs = count();
    int wanted = inputs * shape.size();
    float[] all = inJson ? fromJson(wanted) : fromBinary(type, body, from, wanted);
    if (inJson && (binarySize.isPresent() || body.length > from)) {
      throw RequestException.wrong("an input has either data or binary data, not both");
    }
    List<float[]> each = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      each.add(
          inputs == 1 ? all : Arrays.copyOfRange(all, i * shape.size(), (i + 1) * shape.size()));
    }
    return each;
  }

  private float[] fromJson(int wanted) throws RequestException {
    if (count != wanted) {
      throw RequestException.wrong(
          "a shape of %s has %s values, the data has %s", String.valueOf(given), wanted, count);
    }
    return values.length == count ? values : Arrays.copyOf(values, count);
  }

  private float[] fromBinary(Datatype type, byte[] body, int from, int wanted)
      throws RequestException {
    if (binarySize.isEmpty()) {
      throw RequestException.wrong("an input needs data or the parameter binary_data_size");
    }
    int size = binarySize.getAsInt();
    long needed = (long) wanted * type.size();
    if (size != needed) {
      throw RequestException.wrong(
          "%s values of %s take %s bytes, binary_data_size is %s", wanted, type, needed, size);
    }
    if (body.length - from != size) {
      throw RequestException.wrong(
          "binary_data_size is %s, but %s bytes follow the JSON", size, body.length - from);
    }
    return type.read(body, from, wanted);
  }

  /// The inputs that the shape tells.
  private int count() throws RequestException {
    List<Long> dimensions = given;
    List<Long> each = shape.dimensions().stream().map(Integer::longValue).toList();
    if (dimensions == null
        || dimensions.isEmpty()
        || !dimensions.subList(1, dimensions.size()).equals(each)) {
      throw RequestException.wrong(
          "the shape of '%s' must be the number of inputs and %s, got %s",
          NAME, each, dimensions == null ? "none" : dimensions);
    }
    long inputs = dimensions.getFirst();
    if (inputs < 1) {
      throw RequestException.wrong("a request has at least 1 input, got %s", inputs);
    }
    if (inputs > most) {
      throw tooMany();
    }
    return (int) inputs;
  }
}
