package org.pdnn.network;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.files.AtomicFile;
import org.pdnn.files.FileFault;
import org.pdnn.files.InputFile;
import org.pdnn.files.JsonFault;
import org.pdnn.files.Sha256;
import org.pdnn.names.Printable;

/// A safetensors file in memory: named 32-bit tensors and text metadata. Python's `safetensors`
/// reads what is written here unchanged.
///
/// The file is eight bytes of header length, a JSON header, and the tensors' bytes. What is written
/// here is F32 and carries a SHA-256 of header and bytes in its metadata, and reading checks it. Of
/// other software's files F64, F16 and BF16 are read too, as 32-bit numbers.
///
/// @param tensors in the order of the header
/// @param metadata free text by key
/// @param leftAside tensors that were not read
public record Safetensors(
    Map<String, Tensor> tensors, Map<String, String> metadata, List<LeftAside> leftAside) {
  static final String METADATA = "__metadata__";
  static final String CHECKSUM = "sha256";
  static final int LENGTH_BYTES = 8;

  /// An array holds no more.
  static final int MOST_BYTES = Integer.MAX_VALUE - 64;

  /// The largest files of language models hold some thousand; a parsed header takes a kilobyte for
  /// each.
  static final int MOST_TENSORS = 1 << 16;

  /// A tensor's name, type, shape and place take sixteen tokens and one for each dimension.
  private static final long MOST_TOKENS = 20L * MOST_TENSORS;

  static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public Safetensors {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    leftAside = List.copyOf(leftAside);
  }

  /// A file of real numbers alone.
  public Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
    this(tensors, metadata, List.of());
  }

  /// Writes the file whole or not at all.
  ///
  /// @return SHA-256 of the file
  public String write(Path file) throws IOException {
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
    meta.put(CHECKSUM, sha256(header, ByteBuffer.wrap(data)));
    byte[] json = JSON.writeValueAsBytes(header);
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return AtomicFile.write(file, out -> write(out, padded, data));
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

  /// Reads a file; its memory is at most three times the file's size, five times in half precision.
  ///
  /// @throws IOException in one sentence that names the file and what is wrong
  public static Safetensors read(Path file) throws IOException {
    return of(InputFile.read(file, ".safetensors file", MOST_BYTES));
  }

  /// The file whose bytes were read.
  ///
  /// @throws IOException in one sentence that names the file and what is wrong
  static Safetensors of(InputFile read) throws IOException {
    try {
      return SafetensorsReader.parse(read.bytes());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw fault(read, e);
    }
  }

  private static IOException fault(InputFile read, Exception cause) {
    Path file = read.path();
    FileKind kind = FileKind.of(file, read.bytes());
    if (kind.foreign()) {
      return kind.noModel(file);
    }
    String fault =
        cause instanceof JsonProcessingException json
            ? "its header " + headerFault(json)
            : String.valueOf(cause.getMessage());
    return new IOException(
        "%s is not a sound safetensors file: %s".formatted(file, FileFault.ofContents(fault)),
        cause);
  }

  private static String headerFault(JsonProcessingException e) {
    return e instanceof StreamConstraintsException
            && e.getOriginalMessage().startsWith("Token count")
        ? "holds more than %s tensors".formatted(MOST_TENSORS)
        : "is not JSON (%s)".formatted(Printable.of(JsonFault.of(e), 200));
  }

  /// SHA-256 of the header without its checksum, in the form we write it, and of the tensors'
  /// bytes.
  static String sha256(JsonNode header, ByteBuffer data) throws IOException {
    MessageDigest digest = Sha256.digest();
    digest.update(JSON.writeValueAsBytes(header));
    digest.update(data);
    return Sha256.hex(digest);
  }
}
