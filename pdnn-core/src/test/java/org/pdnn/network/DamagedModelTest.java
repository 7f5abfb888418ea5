package org.pdnn.network;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is done to a model file, reading it gives a model or an IOException in one sentence.
class DamagedModelTest {
  private static final int LENGTH_BYTES = 8;
  private static final Pattern CHECKSUM = Pattern.compile(",\"sha256\":\"[0-9a-f]*\"");

  @TempDir Path folder;
  private Path file;
  private byte[] sound;

  @BeforeEach
  void writeSmallModel() throws IOException {
    file = folder.resolve("model.safetensors");
    new Model(SmallNetworks.mlp(Neuron.parse("pbit:tanh"), 2, 3, 2), Map.of("data", "none"))
        .write(file);
    sound = Files.readAllBytes(file);
  }

  private static String header(byte[] bytes) {
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return new String(bytes, LENGTH_BYTES, length, StandardCharsets.UTF_8);
  }

  /// The file with another header, whose length is told truly.
  private static byte[] withHeader(byte[] bytes, String header) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    int data = LENGTH_BYTES + header(bytes).getBytes(StandardCharsets.UTF_8).length;
    return ByteBuffer.allocate(LENGTH_BYTES + text.length + bytes.length - data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(bytes, data, bytes.length - data)
        .array();
  }

  private String fault(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    String message =
        String.valueOf(assertThrows(IOException.class, () -> Model.read(file)).getMessage());
    assertTrue(message.startsWith(file + " "), message);
    return message;
  }

  @Test
  void truncatedAnywhere() throws IOException {
    for (int length = 0; length < sound.length; length++) {
      fault(Arrays.copyOf(sound, length));
    }
  }

  @Test
  void bytesAtTheEnd() throws IOException {
    String message = fault(Arrays.copyOf(sound, sound.length + 4));
    assertTrue(message.contains("its tensors take 68 bytes, the file holds 72"), message);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 100_000_000})
  void aHeaderLengthThatLies(long length) throws IOException {
    ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    String message = fault(sound);
    assertTrue(message.contains("byte 0 announces a header of " + length + " bytes"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "data_offsets":[24,36]        | "data_offsets":[20,32]       | tensor '0.bias' of shape 3 lies at bytes [20,32]
          "data_offsets":[24,36]        | "data_offsets":[28,40]       | tensor '0.bias' of shape 3 lies at bytes [28,40]
          "data_offsets":[24,36]        | "data_offsets":[24,-36]      | tensor '0.bias' of shape 3 lies at bytes [24,-36]
          "data_offsets":[24,36]        | "data_offsets":[24]          | tensor '0.bias' of shape 3 lies at bytes [24]
          "data_offsets":[24,36]        | "data_offsets":null          | tensor '0.bias' of shape 3 lies at bytes null
          "dtype":"F32","shape":[3]     | "dtype":"F8","shape":[3]     | tensor '0.bias' has type F8, not F32
          "dtype":"F32","shape":[3]     | "dtype":"F16","shape":[3]    | tensor '0.bias' of shape 3 lies at bytes [24,36]
          "dtype":"F32","shape":[3]     | "dtype":"I32","shape":[3]    | layer 0: tensor '0.bias' is missing
          "shape":[3]                   | "shape":[4]                  | tensor '0.bias' of shape 4 lies at bytes [24,36]
          "shape":[3]                   | "shape":[]                   | tensor '0.bias' lies at bytes [24,36]
          "shape":[3]                   | "shape":[null]               | tensor '0.bias' has the shape [null]
          "shape":[3]                   | "shape":null                 | tensor '0.bias' has the shape null
          "shape":[3]                   | "form":[3]                   | tensor '0.bias' has the shape
          "shape":[3]                   | "shape":[3.5]                | tensor '0.bias' has the shape [3.5]
          "shape":[3]                   | "shape":[-3]                 | tensor '0.bias' has the shape [-3]
          "shape":[3]                   | "shape":[268435456,9]        | tensor '0.bias' has the shape [268435456,9]
          "shape":[3]                   | "shape":[99999999999999999]  | tensor '0.bias' has the shape [99999999999999999]
          "shape":[3]                   | "shape":[268435456]          | tensor '0.bias' of shape 268435456 lies at bytes
          "0.bias":{                    | "0.weight":{                 | its header is not JSON (Duplicate
          "0.bias":{                    | "0.bios":{                   | layer 0: tensor '0.bias' is missing
          {"__metadata__"               | []{"__metadata__"            | its header is not JSON
          {"__metadata__"               | {{"__metadata__"             | its header is not JSON
          "sha256":"                    | "sha256":"0                  | its checksum does not match
          \\"layer\\":\\"dense\\"       | \\"layer\\":\\"sparse\\"     | layer 0: no layer is called 'sparse'
          \\"layer\\":\\"dense\\"       | \\"layer\\":\\"dense\\",\\"read\\":[-1] | layer 0: 'read' is not known (did you mean 'reads'?); use layer, name, reads
          \\"layer\\":\\"dense\\"       | \\"layer\\":\\"dense\\",\\"reads\\":[-1] | layer 0: 'reads' names layers by index or name, and the input of the network by "input", got -1
          pbit:tanh                     | pbit:cosh                    | layer 1: 'pbit:cosh' is not a neuron
          \\"input\\":[2]               | \\"input\\":[3]              | layer 0: a dense layer of 2 inputs cannot read 3
          \\"input\\":[2]               | \\"input\\":[]               | a shape needs at least one dimension
          \\"input\\":[2]               | \\"input\\":[null]           | dimensions must be small integers, got [null]
          \\"input\\":[2]               | \\"input\\":[99999,99999]    | a shape has at most 268435456 elements
          \\"format\\":1                | \\"format\\":3               | its architecture has format 3
          \\"layers\\":[                | \\"laid\\":[                 | a network needs at least one layer
          \\"layers\\":[                | \\"layers\\":                | has a damaged architecture
          "pdnn":                       | "tensorflow":                | holds tensors but no pdnn architecture
          """)
  void faultsOfTheHeaderAreNamed(String right, String wrong, String fault) throws IOException {
    String header = header(sound);
    assertTrue(header.contains(right), header);
    String changed = header.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong));
    // Without a checksum, as other software writes; with one it would be the first to complain.
    String unchecked =
        right.contains("sha256") ? changed : CHECKSUM.matcher(changed).replaceFirst("");
    String message = fault(withHeader(sound, unchecked));
    assertTrue(message.contains(fault), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          \\"stride\\":1,\\"padding\\":1 | \\"stride\\":0,\\"padding\\":1     | layer 0: stride must be at least 1, got 0
          \\"stride\\":1,\\"padding\\":1 | \\"stride\\":1,\\"padding\\":-1    | layer 0: padding must be 0 to 256, got -1
          \\"stride\\":1,\\"padding\\":1 | \\"stride\\":1,\\"padding\\":65537 | layer 0: 'padding' is not a small integer: 65537
          \\"stride\\":1,\\"padding\\":1 | \\"stride\\":1                     | layer 0: 'padding' is missing
          \\"stride\\":1,\\"padding\\":1 | \\"stride\\":1.5,\\"padding\\":1   | layer 0: 'stride' is not a small integer: 1.5
          \\"stride\\":1,\\"padding\\":1 | \\"stride\\":1,\\"padding\\":8000  | layer 0: padding must be 0 to 256, got 8000
          \\"epsilon\\":1.0E-5           | \\"epsilon\\":0                    | layer 1: epsilon must be above 0 and below 1, as 1e-5 is, got 0.0
          \\"size\\":2                   | \\"size\\":9                       | layer 3: a max pool of 9x9 with padding 0 is larger than its input 3x7x5
          averagePool\\",\\"size\\":2    | averagePool\\",\\"size\\":5        | layer 6: an average pool of 5x5 with padding 0 is larger than its input 4x7x4
          averagePool\\",\\"size\\":2    | averagePool\\",\\"size\\":0        | layer 6: kernel must be at least 1, got 0
          averagePool\\",\\"size\\":2    | averagePool\\",\\"size\\":null     | layer 6: 'size' is not a small integer: null
          \\"shape\\":[2,6,2]            | \\"shape\\":[2,6,3]                | layer 7: 4x3x2 cannot be reshaped to 2x6x3
          """)
  void faultsOfImageLayersAreNamed(String right, String wrong, String fault) throws IOException {
    Neuron neuron = Neuron.parse("tanh");
    new Model(SmallNetworks.everyLayer(neuron, neuron), Map.of()).write(file);
    sound = Files.readAllBytes(file);
    faultsOfTheHeaderAreNamed(right, wrong, fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          \\"padding\\":[1,0,2,1] | \\"padding\\":[1,0,2]        | layer 0: 'padding' is one number or [down, across] or [top, left, bottom, right], got [1,0,2]
          \\"padding\\":[1,0,2,1] | \\"padding\\":[1,0,2,-1]     | layer 0: padding must be 0 to 256, got -1
          \\"padding\\":[1,0,2,1] | \\"padding\\":[1,0,2,null]   | layer 0: 'padding' is not a small integer: null
          \\"groups\\":2          | \\"groups\\":3               | layer 0: 4 outputs are not divisible into 3 groups
          \\"groups\\":2          | \\"groups\\":4               | layer 0: a convolution of 4 channels cannot read 2x7x5
          \\"groups\\":2          | \\"groups\\":0               | layer 0: groups must be at least 1, got 0
          \\"groups\\":2          | \\"groups\\":65537           | layer 0: 'groups' is not a small integer: 65537
          \\"size\\":[3,2]        | \\"size\\":[3,0]             | layer 3: kernel must be at least 1, got 0
          \\"size\\":[3,2]        | \\"size\\":[3,2,1]           | layer 3: 'size' is one number or [down, across], got [3,2,1]
          \\"size\\":[3,2]        | \\"size\\":[65536,65536]     | layer 3: a max pool of 65536x65536 with padding [1, 1, 1, 0] is larger than its input 4x8x5
          \\"stride\\":[2,1]      | \\"stride\\":[2,0]           | layer 3: stride must be at least 1, got 0
          \\"stride\\":[2,1]      | \\"stride\\":{}              | layer 3: 'stride' is not a small integer: {}
          \\"padding\\":[1,1,1,0] | \\"padding\\":[9,1,1,0]      | layer 3: a max pool of 3x2 with padding [9, 1, 1, 0] is padded by its kernel or more; pad less
          \\"ceil\\":true         | \\"ceil\\":1                 | layer 3: 'ceil' is true or false, got 1
          \\"dilation\\":[2,1]    | \\"dilation\\":[0,1]         | layer 4: dilation must be at least 1, got 0
          \\"dilation\\":[2,1]    | \\"dilation\\":[65536,65536] | layer 4: a convolution kernel of 3x3 dilated by 65536x65536 with padding 2 is larger than its input 4x5x5
          \\"countPadding\\":false | \\"countPadding\\":\\"no\\" | layer 7: 'countPadding' is true or false, got "no"
          """)
  void faultsOfWindowsAreNamed(String right, String wrong, String fault) throws IOException {
    Neuron neuron = Neuron.parse("tanh");
    new Model(SmallNetworks.everyWindow(neuron, neuron), Map.of()).write(file);
    sound = Files.readAllBytes(file);
    faultsOfTheHeaderAreNamed(right, wrong, fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          \\"heads\\":2          | \\"heads\\":3                     | layer 6: 4 channels are not divisible into 3 heads
          \\"heads\\":2          | \\"heads\\":0                     | layer 6: heads must be at least 1, got 0
          \\"heads\\":2          | \\"head\\":2                      | layer 6: 'heads' is missing
          \\"causal\\":true      | \\"causal\\":1                    | layer 12: 'causal' is true or false, got 1
          \\"reads\\":[3,4,5]    | \\"reads\\":[3,4,5,5]             | layer 6: attention reads queries, keys and values, got 4 places
          \\"reads\\":[3,4,5]    | \\"reads\\":[3,5,4]               | layer 6: queries 4x3x2, keys 8x3x2 and values 4x3x2 do not fit each other
          layerNorm\\",\\"epsilon\\":1.0E-5 | layerNorm\\",\\"epsilon\\":0  | layer 2: epsilon must be above 0 and below 1, as 1e-5 is, got 0.0
          rmsNorm\\"             | layerNorm\\"                     | layer 9: tensor 'norm2.bias' is missing
          positionalEmbedding\\" | embedding\\"                     | layer 1: an embedding reads tokens (1, length, 1), not 6x3x2
          """)
  void faultsOfTransformersAreNamed(String right, String wrong, String fault) throws IOException {
    Neuron neuron = Neuron.parse("tanh");
    new Model(SmallNetworks.everyPosition(neuron, neuron), Map.of()).write(file);
    sound = Files.readAllBytes(file);
    faultsOfTheHeaderAreNamed(right, wrong, fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          channels-last         | channels\\\\u001b          | unknown order of axes 'channels?'; use channels-first or channels-last
          channels-last\\"    | channels-last            | has a damaged input form
          \\"axes\\"        | \\"axis\\"           | 'axes' is missing
          [0.25,0.5]            | [0.25]                   | mean and std must have one number for each channel, 1024 at most, got 1 and 2
          [0.25,0.5]            | [0.25,127.5]             | mean must be -1 to 1, as pixels are 0 to 1, got 127.5; divide what is meant for bytes by 255
          [0.25,0.5]            | [0.25,\\"a\\"]       | 'mean' is not a list of numbers
          [1.0,2.0]             | [1.0,0]                  | std must be 1.0E-6 to 1000000.0, got 0.0
          [1.0,2.0]             | [1.0,1e999]              | std must be 1.0E-6 to 1000000.0, got Infinity
          [1.0,2.0]             | [1.0,NaN]                | has a damaged input form
          0000                  | 00g0                     | a SHA-256 has 64 hexadecimal digits, got '00g0
          [\\"cat\\",       | [                        | a network of 2 outputs cannot have learnt 1 classes
          [\\"cat\\",       | [\\"\\",             | the name of a class must have 1 to 4096 characters, got 0
          [\\"cat\\",       | [7,                      | 'classes' is not a list of texts
          \\"images\\":5   | \\"images\\":-5           | validation images must be at least 0, got -5
          \\"images\\":5   | \\"count\\":5             | 'images' is missing
          """)
  void faultsOfWhatIsRememberedAreNamed(String right, String wrong, String fault)
      throws IOException {
    new Model(
            SmallNetworks.mlp(Neuron.parse("pbit:tanh"), 2, 3, 2),
            new InputForm(InputForm.Axes.CHANNELS_LAST, List.of(0.25f, 0.5f), List.of(1f, 2f)),
            Optional.of(
                new TrainedOn("pictures", "0".repeat(64), Optional.empty(), List.of("cat", "dog"))
                    .withValidation(5, 1)),
            Map.of())
        .write(file);
    sound = Files.readAllBytes(file);
    faultsOfTheHeaderAreNamed(right, wrong, fault);
  }

  @Test
  void aNestOfBracketsIsNotFollowedToTheEndOfTheStack() throws IOException {
    String message = fault(withHeader(sound, "{\"a\":" + "[".repeat(1_000_000)));
    assertTrue(message.contains("its header is not JSON"), message);
  }

  @Test
  void moreTensorsThanAFileHolds() throws IOException {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < 290_000; i++) {
      header.append("\"%x\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},".formatted(i));
    }
    header.setCharAt(header.length() - 1, '}');
    String message = fault(withHeader(sound, header.toString()));
    assertTrue(message.contains("its header holds more than 65536 tensors"), message);
  }

  @Test
  void moreLayersThanANetworkHas() throws IOException {
    String many = "{\\\"layer\\\":\\\"flatten\\\"},".repeat(200_000);
    String header =
        CHECKSUM
            .matcher(header(sound))
            .replaceFirst("")
            .replace("\\\"layers\\\":[", "\\\"layers\\\":[" + many);
    String message = fault(withHeader(sound, header));
    assertTrue(message.contains("a network has at most 10000 layers, got 200003"), message);
  }

  @Test
  void weightsThatAreNotNumbers() throws IOException {
    byte[] unchecked = withHeader(sound, CHECKSUM.matcher(header(sound)).replaceFirst(""));
    Files.write(file, unchecked);
    Model.read(file);
    ByteBuffer.wrap(unchecked)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(unchecked.length - 4, Float.NaN);
    String message = fault(unchecked);
    assertTrue(
        message.contains("tensor '2.bias': values must be finite, got NaN at index 1"), message);
  }

  @Test
  void weightsThatChanged() throws IOException {
    sound[sound.length - 1] ^= 1;
    String message = fault(sound);
    assertTrue(message.contains("its checksum does not match"), message);
  }

  @Test
  void notesOrLayersThatChanged() throws IOException {
    for (String word : new String[] {"none", "tanh"}) {
      String header = header(sound).replace(word, word.toUpperCase(java.util.Locale.ROOT));
      String message = fault(withHeader(sound, header));
      assertTrue(message.contains("its checksum does not match"), message);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void thousandsOfRandomDamages(int kind) throws IOException {
    Neuron first = Neuron.parse("pbit:tanh");
    Neuron second = Neuron.parse("sigmoid:3bit");
    if (kind > 0) {
      new Model(SmallNetworks.every(first, second).get(kind - 1), Map.of()).write(file);
      sound = Files.readAllBytes(file);
    }
    // Without a checksum damaged weights pass as well, and must make a model or an IOException.
    byte[] unchecked = withHeader(sound, CHECKSUM.matcher(header(sound)).replaceFirst(""));
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = damaged(i % 2 == 0 ? sound : unchecked, random);
      Files.write(file, bytes);
      long before = allocated();
      try {
        Model model = Model.read(file);
        assertFalse(model.network().layers().isEmpty());
      } catch (IOException e) {
        refused++;
        assertTrue(String.valueOf(e.getMessage()).startsWith(file + " "), e.getMessage());
      }
      assertTrue(allocated() - before < 1_000_000 + 30L * bytes.length);
    }
    assertTrue(refused > 1500, "refused " + refused);
  }

  private static byte[] damaged(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(5)) {
      case 0 -> {
        for (int edits = random.nextInt(4); edits >= 0; edits--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> bytes = Arrays.copyOf(bytes, at);
      case 2 -> {
        bytes = Arrays.copyOf(bytes, sound.length + 1 + random.nextInt(8));
        System.arraycopy(sound, at, bytes, at + bytes.length - sound.length, sound.length - at);
      }
      case 3 -> bytes[LENGTH_BYTES + random.nextInt(100)] = (byte) random.nextInt(256);
      default -> bytes = withHeader(sound, edited(header(sound), random));
    }
    return bytes;
  }

  /// The header with one of its numbers or words replaced by a nasty one.
  private static String edited(String header, Random random) {
    String[] nasty = {
      "0",
      "-1",
      "1e9",
      "65536",
      "268435456",
      "2147483647",
      "4294967296",
      "1".repeat(400),
      "null",
      "\"\"",
      "[]",
      "{}",
      "[".repeat(50),
      "NaN",
      "1.5",
      "true",
      "\\\"",
      "\\u0000"
    };
    Matcher tokens = Pattern.compile("[0-9]+|[a-z]{3,}|[\\[\\]{}]").matcher(header);
    int count = (int) tokens.results().count();
    int chosen = random.nextInt(count);
    tokens.reset();
    for (int i = 0; i <= chosen; i++) {
      assertTrue(tokens.find());
    }
    return header.substring(0, tokens.start())
        + nasty[random.nextInt(nasty.length)]
        + header.substring(tokens.end());
  }

  private static long allocated() {
    if (ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads) {
      return threads.getCurrentThreadAllocatedBytes();
    }
    throw new AssertionError("this Java runtime does not count allocations");
  }
}
