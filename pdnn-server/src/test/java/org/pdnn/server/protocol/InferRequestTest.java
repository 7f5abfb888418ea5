package org.pdnn.server.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.server.SmallModels;
import org.pdnn.server.passes.SampledModel;

class InferRequestTest {
  private static final int MOST = 4;

  /// What tritonclient's HTTP client sends for one FP32 input and one binary output: compact JSON
  /// in the order of its keys, the tensor's bytes straight after it, and the length of the JSON in
  /// a header.
  private static final String TRITON =
      "{\"id\":\"1\",\"inputs\":[{\"name\":\"input\",\"shape\":[1,1,4,4],\"datatype\":\"FP32\","
          + "\"parameters\":{\"binary_data_size\":64}}],\"outputs\":[{\"name\":\"probabilities\","
          + "\"parameters\":{\"binary_data\":true}}]}";

  private static byte[] body(String json, float... values) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer body =
        ByteBuffer.allocate(text.length + values.length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(text);
    for (float value : values) {
      body.putFloat(value);
    }
    return body.array();
  }

  private static InferRequest read(byte[] body, long length) throws RequestException {
    return InferRequest.read(body, length, SmallModels.INPUT, MOST);
  }

  private static InferRequest read(String json) throws RequestException {
    return read(body(json), json.length());
  }

  private static String refusal(byte[] body, long length) {
    String sentence = assertThrows(RequestException.class, () -> read(body, length)).sentence();
    assertFalse(sentence.isBlank());
    assertTrue(sentence.length() < 400, sentence);
    assertFalse(sentence.contains("\n"), sentence);
    return sentence;
  }

  @Test
  void binaryTensorsAreReadAsTritonSendsThem() throws RequestException {
    float[] values = SmallModels.input(1);
    InferRequest request = read(body(TRITON, values), TRITON.length());
    assertEquals("1", request.id().orElseThrow());
    assertArrayEquals(values, request.inputs().getFirst());
    assertEquals(Map.of("probabilities", true), request.outputs());
  }

  @Test
  void dataIsReadNestedAndFlat() throws RequestException {
    float[] values = SmallModels.input(1);
    String flat = SmallModels.request(values, "");
    String nested = flat.replace("\"data\":[", "\"data\":[[[").replace("]}]}", "]]]}]}");
    assertArrayEquals(values, read(flat).inputs().getFirst());
    assertArrayEquals(values, read(nested).inputs().getFirst());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1,1,4,4]|[1,16]|the shape of 'input' must be the number of inputs and [1, 4, 4], got [1,"
            + " 16]",
        "[1,1,4,4]|[2,1,4,4]|2 shapes",
        "[1,1,4,4]|[0,1,4,4]|a request has at least 1 input, got 0",
        "[1,1,4,4]|[5,1,4,4]|a request has at most 4 inputs",
        "[1,1,4,4]|[9999999999999999999]|a shape must be an array of whole numbers",
        "\"input\"|\"x\"|the model's input is 'input', got 'x'",
        "FP32|UINT8|the datatype of 'input' must be FP32, FP64 or FP16, got UINT8",
        "FP32|FP31|unknown datatype 'FP31'",
        ":64|:63|16 values of FP32 take 64 bytes, binary_data_size is 63",
        ":64|:-1|binary_data_size must be a number of bytes, got -1",
      })
  void whatDoesNotFitIsRefused(String right, String wrong, String sentence) {
    String json = TRITON.replace(right, wrong);
    String expected =
        sentence.equals("2 shapes")
            ? "32 values of FP32 take 128 bytes, binary_data_size is 64"
            : sentence;
    assertEquals(expected, refusal(body(json, SmallModels.input(1)), json.length()));
  }

  @Test
  void lengthsThatLieAreRefused() {
    byte[] body = body(TRITON, SmallModels.input(1));
    for (long length : new long[] {-1, 0, 1, TRITON.length() - 1, body.length + 1L, 1L << 40}) {
      refusal(body, length);
    }
    refusal(Arrays.copyOf(body, body.length - 1), TRITON.length());
    refusal(Arrays.copyOf(body, body.length + 1), TRITON.length());
  }

  @Test
  void numbersThatAreNoneAreRefused() {
    float[] values = SmallModels.input(1);
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      values[7] = bad;
      assertEquals(
          "the values of the input must be finite numbers, value 7 is not",
          refusal(body(TRITON, values), TRITON.length()));
    }
    String json = SmallModels.request(SmallModels.input(1), "");
    String huge = json.replaceFirst("\"data\":\\[[^,]*", "\"data\":[1e999");
    refusal(body(huge), huge.length());
    String text = json.replaceFirst("\"data\":\\[[^,]*", "\"data\":[NaN");
    refusal(body(text), text.length());
  }

  @Test
  void whatIsTooMuchIsRefusedBeforeItTakesMemory() {
    String deep = "{\"x\":" + "[".repeat(100_000);
    refusal(body(deep), deep.length());
    String data = "{\"inputs\":[{\"data\":" + "[".repeat(100_000);
    refusal(body(data), data.length());
    String many = "{\"inputs\":[" + "{},".repeat(1_000_000) + "{}]}";
    assertEquals("the model has one input, the request more", refusal(body(many), many.length()));
    String values = "{\"inputs\":[{\"data\":[" + "0,".repeat(1_000_000) + "0]}]}";
    assertEquals("a request has at most 4 inputs", refusal(body(values), values.length()));
    String outputs = "{\"outputs\":[";
    for (int i = 0; i < 100; i++) {
      outputs += "{\"name\":\"%s\"},".formatted(i);
    }
    refusal(body(outputs), outputs.length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"samples\":0|samples must be 1 to 100, got 0",
        "\"samples\":101|samples must be 1 to 100, got 101",
        "\"samples\":1.5|samples must be a whole number, got 1.5",
        "\"sample\":1|unknown parameter 'sample' (did you mean 'samples'?); use samples, scheme,"
            + " seed, deadline_ms, confidence, max_joules or outputs",
        "\"deadline_ms\":0|deadline_ms must be above 0 and at most 3600000.0, got 0.0",
        "\"max_joules\":-1|max_joules must be above 0, got -1.0",
        "\"confidence\":1|confidence must be at least 0.5 and below 1, got 1.0",
        "\"scheme\":7|scheme must be a text, got 7",
      })
  void parametersOutOfRangeAreRefused(String parameter, String sentence) throws RequestException {
    InferRequest request = read(SmallModels.request(SmallModels.input(1), parameter));
    SampledModel model = SmallModels.sampled();
    assertEquals(
        sentence,
        assertThrows(RequestException.class, () -> Inference.of(model, request, 0, 100, false))
            .sentence());
  }

  /// 20,000 bodies, each with a few bytes of a sound one changed, cut out or put in: read, or
  /// refused in one sentence.
  @Test
  void damagedBodiesAreReadOrRefused() throws RequestException {
    byte[][] sound = {
      body(TRITON, SmallModels.input(1)),
      body(SmallModels.request(SmallModels.input(1), "\"samples\":3,\"confidence\":0.9"))
    };
    String alphabet = "{}[]\",:0123456789eE+-.truefalsn \\u\0\u007f";
    SampledModel model = SmallModels.sampled();
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] body = sound[i % 2].clone();
      int length = i % 2 == 0 ? TRITON.length() : body.length;
      for (int k = 0; k <= random.nextInt(3); k++) {
        int at = random.nextInt(body.length);
        body[at] =
            random.nextBoolean()
                ? (byte) alphabet.charAt(random.nextInt(alphabet.length()))
                : (byte) random.nextInt(256);
      }
      if (random.nextInt(8) == 0) {
        body = Arrays.copyOf(body, random.nextInt(body.length + 16));
      }
      try {
        Inference.of(model, read(body, length), 0, 100, false);
      } catch (RequestException e) {
        assertFalse(e.sentence().isBlank());
        refused++;
      }
    }
    assertTrue(refused > 10_000 && refused < 20_000, "%s were refused".formatted(refused));
  }
}
