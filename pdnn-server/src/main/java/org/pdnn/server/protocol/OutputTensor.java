package org.pdnn.server.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A tensor of an answer: numbers, or texts.
public final class OutputTensor {
  private final String name;
  private final Datatype datatype;
  private final List<Integer> shape;
  private final double[] numbers;
  private final List<String> texts;

  private OutputTensor(
      String name, Datatype datatype, List<Integer> shape, double[] numbers, List<String> texts) {
    this.name = name;
    this.datatype = datatype;
    this.shape = shape;
    this.numbers = numbers;
    this.texts = texts;
  }

  static OutputTensor ofNumbers(
      String name, Datatype datatype, List<Integer> shape, double[] numbers) {
    return new OutputTensor(name, datatype, shape, numbers, List.of());
  }

  static OutputTensor ofTexts(String name, List<Integer> shape, List<String> texts) {
    return new OutputTensor(name, Datatype.BYTES, shape, new double[0], texts);
  }

  /// Its name, among the outputs of its model.
  public String name() {
    return name;
  }

  public Datatype datatype() {
    return datatype;
  }

  public List<Integer> shape() {
    return shape;
  }

  /// Its elements, unless they are texts; those of whole types are whole.
  public double[] numbers() {
    return numbers.clone();
  }

  /// Its elements, if they are texts.
  public List<String> texts() {
    return texts;
  }

  /// Writes its description with its data, or with the length of its data elsewhere.
  void write(JsonGenerator json, boolean elsewhere) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField("datatype", datatype.name());
    json.writeArrayFieldStart("shape");
    for (int extent : shape) {
      json.writeNumber(extent);
    }
    json.writeEndArray();
    if (elsewhere) {
      json.writeObjectFieldStart("parameters");
      json.writeNumberField("binary_data_size", binary().length);
      json.writeEndObject();
    } else {
      json.writeArrayFieldStart("data");
      writeData(json);
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void writeData(JsonGenerator json) throws IOException {
    for (String text : texts) {
      json.writeString(text);
    }
    for (double number : numbers) {
      if (datatype == Datatype.FP64) {
        json.writeNumber(number);
      } else {
        json.writeNumber((long) number);
      }
    }
  }

  /// Its elements one after the other, little-endian.
  public byte[] binary() {
    List<byte[]> bytes = texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    int size =
        numbers.length * datatype.size()
            + bytes.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
    ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (byte[] text : bytes) {
      buffer.putInt(text.length).put(text);
    }
    for (double number : numbers) {
      switch (datatype) {
        case FP64 -> buffer.putDouble(number);
        case INT64 -> buffer.putLong((long) number);
        case INT32 -> buffer.putInt((int) number);
        case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, FP16, FP32, BF16, BYTES ->
            throw new IllegalStateException(datatype + " is not written");
      }
    }
    return buffer.array();
  }
}
