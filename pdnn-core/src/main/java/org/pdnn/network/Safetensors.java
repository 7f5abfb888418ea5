package org.pdnn.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pdnn.files.AtomicFile;

/// A safetensors file in memory: named 32-bit tensors and text metadata. Python's `safetensors`
/// reads what is written here unchanged.
///
/// The file is eight bytes of header length, a JSON header, and the tensors' bytes. What is written
/// here carries a SHA-256 of header and bytes in its metadata, and reading checks it.
///
/// @param tensors in file order
/// @param metadata free text by key
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final String CHECKSUM = "sha256";
  private static final int LENGTH_BYTES = 8;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public Safetensors {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /// Writes the file whole or not at all.
  public void write(Path file) throws IOException {
    byte[] data = data();
    ObjectNode header = JSON.createObjectNode();
    ObjectNode meta = header.putObject(METADATA);
    metadata.forEach(meta::put);
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      ObjectNode node = header.putObject(entry.getKey());
      node.put("dtype", "F32");
      tensor.shape().dimensions().forEach(node.putArray("shape")::add);
      long end = offset + (long) tensor.size() * Float.BYTES;
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    meta.put(CHECKSUM, sha256(header, data, 0));
    byte[] json = JSON.writeValueAsBytes(header);
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    AtomicFile.write(file, out -> write(out, padded, data));
  }

  private static void write(OutputStream out, byte[] header, byte[] data) throws IOException {
    out.write(
        ByteBuffer.allocate(LENGTH_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .array());
    out.write(header);
    out.write(data);
  }

  private byte[] data() {
    long size = tensors.values().stream().mapToLong(Tensor::size).sum() * Float.BYTES;
    ByteBuffer data = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    for (Tensor tensor : tensors.values()) {
      for (int i = 0; i < tensor.size(); i++) {
        data.putFloat(tensor.get(i));
      }
    }
    return data.array();
  }

  /// Reads a file; its memory is at most three times the file's size.
  ///
  /// @throws IOException in one sentence that names the file and what is wrong
  public static Safetensors read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder; name a .safetensors file");
    }
    byte[] bytes;
    try {
      if (Files.size(file) > Integer.MAX_VALUE - 64) {
        throw new IOException(file + " is larger than 2 GiB, more than a model file holds here");
      }
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + " does not exist; check the path", e);
    }
    try {
      return parse(bytes);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s is not a safetensors file: its header is not JSON (%s)"
              .formatted(file, e.getOriginalMessage()),
          e);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s is not a sound safetensors file: %s; write or copy it again"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static Safetensors parse(byte[] bytes) throws IOException {
    require(bytes.length >= LENGTH_BYTES, "it ends before its header");
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long headerLength = buffer.getLong();
    require(
        headerLength >= 2 && headerLength <= bytes.length - LENGTH_BYTES,
        "byte 0 announces a header of %d bytes".formatted(headerLength));
    int start = LENGTH_BYTES + (int) headerLength;
    String text =
        new String(bytes, LENGTH_BYTES, (int) headerLength, StandardCharsets.UTF_8).strip();
    JsonNode header = JSON.readTree(text);
    require(header.isObject(), "its header is not a JSON object");
    JsonNode checksum =
        header.path(METADATA) instanceof ObjectNode meta ? meta.remove(CHECKSUM) : null;

    Map<String, String> metadata = new LinkedHashMap<>();
    header
        .path(METADATA)
        .properties()
        .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));

    Map<String, Tensor> tensors = new LinkedHashMap<>();
    long expected = 0;
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals(METADATA)) {
        Tensor tensor = tensor(entry.getKey(), entry.getValue(), buffer, start, expected);
        tensors.put(entry.getKey(), tensor);
        expected += (long) tensor.size() * Float.BYTES;
      }
    }
    require(
        start + expected == bytes.length,
        "its tensors take %d bytes, the file holds %d".formatted(expected, bytes.length - start));
    require(
        checksum == null || checksum.asText().equals(sha256(header, bytes, start)),
        "its checksum does not match");
    return new Safetensors(tensors, metadata);
  }

  /// One tensor; they must lie in file order without gaps, as the format demands.
  private static Tensor tensor(
      String name, JsonNode node, ByteBuffer buffer, int start, long expected) {
    String dtype = node.path("dtype").asText();
    require(dtype.equals("F32"), "tensor '%s' has type %s, not F32".formatted(name, dtype));
    Shape shape;
    try {
      shape = Architecture.shape(node.path("shape"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "tensor '%s' has the shape %s".formatted(name, node.path("shape")), e);
    }
    JsonNode offsets = node.path("data_offsets");
    long begin = offsets.path(0).asLong(-1);
    long end = offsets.path(1).asLong(-1);
    require(
        begin == expected
            && end - begin == (long) shape.size() * Float.BYTES
            && start + end <= buffer.capacity(),
        "tensor '%s' of shape %s lies at bytes %s".formatted(name, shape, offsets));
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = buffer.getFloat(start + (int) begin + i * Float.BYTES);
    }
    try {
      return new Tensor(shape, values);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("tensor '%s': %s".formatted(name, e.getMessage()), e);
    }
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(fault);
    }
  }

  /// SHA-256 of the header without its checksum, in the form we write it, and of the tensors'
  /// bytes.
  private static String sha256(JsonNode header, byte[] bytes, int from) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(JSON.writeValueAsBytes(header));
      digest.update(bytes, from, bytes.length - from);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
