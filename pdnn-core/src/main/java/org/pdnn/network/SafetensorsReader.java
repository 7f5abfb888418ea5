package org.pdnn.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pdnn.names.Printable;

/// The bytes of a safetensors file, ours or another's: what its header says is checked before it is
/// believed.
final class SafetensorsReader {
  /// A parsed header takes thirty times its bytes; those of the largest networks take a tenth of
  /// this.
  private static final int LONGEST_HEADER = 1 << 24;

  /// Bytes of an element that is not read.
  private static final Map<String, Integer> OTHER_TYPES =
      Map.ofEntries(
          Map.entry("BOOL", 1),
          Map.entry("U8", 1),
          Map.entry("I8", 1),
          Map.entry("F8_E4M3", 1),
          Map.entry("F8_E5M2", 1),
          Map.entry("F8_E8M0", 1),
          Map.entry("U16", 2),
          Map.entry("I16", 2),
          Map.entry("U32", 4),
          Map.entry("I32", 4),
          Map.entry("U64", 8),
          Map.entry("I64", 8),
          Map.entry("C64", 8));

  private final ByteBuffer data;
  private final List<Place> places = new ArrayList<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final List<LeftAside> leftAside = new ArrayList<>();

  private SafetensorsReader(ByteBuffer data) {
    this.data = data;
  }

  /// Where a tensor lies: bytes after the header.
  private record Place(String label, JsonNode offsets, long begin, long end) {}

  /// @throws IllegalArgumentException with what is wrong
  static Safetensors parse(byte[] bytes) throws IOException {
    require(bytes.length >= Safetensors.LENGTH_BYTES, "it ends before its header");
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long length = buffer.getLong();
    require(
        length >= 2 && length <= buffer.remaining(),
        "byte 0 announces a header of %s bytes".formatted(length));
    require(
        length <= LONGEST_HEADER,
        "byte 0 announces a header of %s bytes, more than %s".formatted(length, LONGEST_HEADER));
    JsonNode header =
        Safetensors.JSON.readTree(text(buffer.slice(buffer.position(), (int) length)));
    require(header.isObject(), "its header is not a JSON object");
    int start = Safetensors.LENGTH_BYTES + (int) length;
    ByteBuffer data = buffer.slice(start, bytes.length - start).order(ByteOrder.LITTLE_ENDIAN);
    return new SafetensorsReader(data).read(header);
  }

  private static String text(ByteBuffer header) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(header.remaining());
    CoderResult result = decoder.decode(header, text, true);
    require(
        !result.isError(),
        "byte %s is not UTF-8".formatted(Safetensors.LENGTH_BYTES + header.position()));
    return text.flip().toString().strip();
  }

  private Safetensors read(JsonNode header) throws IOException {
    Optional<JsonNode> checksum =
        header.path(Safetensors.METADATA) instanceof ObjectNode meta
            ? Optional.ofNullable(meta.remove(Safetensors.CHECKSUM))
            : Optional.empty();
    Map<String, String> metadata = new LinkedHashMap<>();
    header
        .path(Safetensors.METADATA)
        .properties()
        .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals(Safetensors.METADATA)) {
        read(entry.getKey(), entry.getValue());
      }
    }
    require(places.size() <= Safetensors.MOST_TENSORS, "it holds too many tensors");
    requireNoGaps();
    if (checksum.isPresent()) {
      require(
          checksum.get().asText().equals(Safetensors.sha256(header, data.duplicate())),
          "its checksum does not match");
    }
    return new Safetensors(tensors, metadata, leftAside);
  }

  private void read(String name, JsonNode node) {
    String label = "tensor '" + Printable.of(name) + "'";
    String dtype = node.path("dtype").asText();
    Integer size = OTHER_TYPES.get(dtype);
    List<Integer> extents = extents(label, node);
    if (size != null || extents.isEmpty() || extents.contains(0)) {
      int bytes = size == null ? type(label, dtype).bytes() : size;
      place(label, node, elements(label, node, extents), bytes);
      leftAside.add(new LeftAside(name, dtype, extents));
      return;
    }
    ElementType type = type(label, dtype);
    Shape shape = shape(label, node);
    Place place = place(label + " of shape " + shape, node, shape.size(), type.bytes());
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.get(data, (int) place.begin() + i * type.bytes());
    }
    try {
      tensors.put(name, new Tensor(shape, values));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(label + ": " + e.getMessage(), e);
    }
  }

  private static ElementType type(String label, String dtype) {
    for (ElementType type : ElementType.values()) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "%s has type %s, not F32, F16, BF16 or F64".formatted(label, Printable.of(dtype, 20)));
  }

  private static Shape shape(String label, JsonNode node) {
    try {
      return Architecture.shape(node.path("shape"));
    } catch (IllegalArgumentException e) {
      throw misshapen(label, node.path("shape"), e);
    }
  }

  private static List<Integer> extents(String label, JsonNode node) {
    JsonNode shape = node.path("shape");
    List<Integer> extents = new ArrayList<>();
    for (JsonNode dimension : shape) {
      extents.add(dimension.isInt() ? dimension.intValue() : -1);
    }
    if (!shape.isArray() || extents.stream().anyMatch(extent -> extent < 0)) {
      throw misshapen(label, shape, null);
    }
    return extents;
  }

  /// The number of elements of a tensor that is not read; may be 0.
  private long elements(String label, JsonNode node, List<Integer> extents) {
    long elements = extents.contains(0) ? 0 : 1;
    for (int extent : extents) {
      elements *= extent;
      if (elements > data.capacity()) {
        throw misshapen(label, node.path("shape"), null);
      }
    }
    return elements;
  }

  private static IllegalArgumentException misshapen(
      String label, JsonNode shape, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "%s has the shape %s".formatted(label, Printable.of(shape.toString())), cause);
  }

  /// Checks where a tensor says it lies, before its memory is taken.
  private Place place(String label, JsonNode node, long elements, int size) {
    JsonNode offsets = node.path("data_offsets");
    Place place = new Place(label, offsets, offset(offsets.path(0)), offset(offsets.path(1)));
    require(
        place.begin() >= 0
            && place.end() <= data.capacity()
            && place.end() - place.begin() == elements * size
            && offsets.size() == 2,
        lies(place));
    places.add(place);
    return place;
  }

  private static long offset(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong() ? Math.max(-1, node.longValue()) : -1;
  }

  private static String lies(Place place) {
    return "%s lies at bytes %s".formatted(place.label(), Printable.of(place.offsets().toString()));
  }

  /// The tensors must cover the bytes after the header without gaps, as the format demands.
  private void requireNoGaps() {
    places.sort(Comparator.comparingLong(Place::begin).thenComparingLong(Place::end));
    long next = 0;
    for (Place place : places) {
      require(place.begin() == next, lies(place) + ", but byte " + next + " is next");
      next = place.end();
    }
    require(
        next == data.capacity(),
        "its tensors take %s bytes, the file holds %s".formatted(next, data.capacity()));
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(fault);
    }
  }
}
