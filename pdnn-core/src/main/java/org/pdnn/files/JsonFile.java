package org.pdnn.files;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

/// A file of settings in JSON, written by hand or by others: each fault is a sentence with the
/// file.
public final class JsonFile {
  /// Settings take some kilobytes; more is something else.
  private static final int LARGEST = 1 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Python writes and reads Infinity and NaN; who needs a number finds that they are none.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonFile() {}

  /// Reads a file.
  ///
  /// @param kind what the file is, in a complaint: `technology file`
  /// @param reader makes something of it, or complains by an [IllegalArgumentException]
  /// @throws IOException in one sentence with the file
  public static <T> T read(Path file, String kind, Function<JsonNode, T> reader)
      throws IOException {
    return parse(InputFile.read(file, kind, LARGEST).bytes(), file.toString(), reader);
  }

  /// Reads bytes.
  ///
  /// @param file what to call them in a complaint
  public static <T> T parse(byte[] bytes, String file, Function<JsonNode, T> reader)
      throws IOException {
    try {
      return reader.apply(JSON.readTree(bytes));
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String line = at == null ? "" : ", line " + at.getLineNr();
      throw new IOException("%s%s: %s".formatted(file, line, JsonFault.of(e)), e);
    } catch (IllegalArgumentException | IOException e) {
      throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
