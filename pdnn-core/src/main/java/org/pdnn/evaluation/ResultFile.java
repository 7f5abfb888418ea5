package org.pdnn.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pdnn.files.AtomicFile;
import org.pdnn.files.InputFile;
import org.pdnn.files.JsonFault;
import org.pdnn.files.JsonFields;
import org.pdnn.files.LineFile;
import org.pdnn.names.Printable;

/// Results as JSON lines: one curve point per line, each with the names of its model and data and
/// its provenance, so that files can be cut and joined by line; and a line for the deterministic
/// twin.
public final class ResultFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// One line.
  ///
  /// @param twin whether the point is that of the model's deterministic twin
  public record Line(
      String model, String data, boolean twin, CurvePoint point, Provenance provenance) {
    String toJson() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("model", model).put("data", data);
      if (twin) {
        json.put("deterministicTwin", true);
      }
      json.setAll(point.toJson());
      json.set("provenance", provenance.toJson());
      return json.toString();
    }

    static Line fromJson(JsonNode json) {
      return new Line(
          JsonFields.text(json, "model"),
          JsonFields.text(json, "data"),
          json.path("deterministicTwin").asBoolean(),
          CurvePoint.fromJson(json),
          Provenance.fromJson(json.path("provenance")));
    }
  }

  /// A line takes a kilobyte.
  private static final int MOST_BYTES = 1 << 28;

  private ResultFile() {}

  /// A result's points as lines, each with its end. The twin's is the last; a deterministic model
  /// is its own.
  public static String lines(Result result) {
    StringBuilder lines = new StringBuilder();
    for (CurvePoint point : result.curve().points()) {
      lines.append(line(result, false, point, result.provenance()));
    }
    CurvePoint twin = result.curve().deterministic();
    if (!result.curve().single()) {
      lines.append(line(result, true, twin, result.provenance().inRealNumbers()));
    }
    return lines.toString();
  }

  private static String line(Result result, boolean twin, CurvePoint point, Provenance provenance) {
    return new Line(result.model(), result.data(), twin, point, provenance).toJson() + '\n';
  }

  /// Adds a result's points to a file, which is made if there is none. All are there afterwards or
  /// none; several writers, also of several processes, wait for each other.
  ///
  /// @throws IOException in one sentence with path and remedy
  public static void append(Path file, Result result) throws IOException {
    LineFile.append(file, lines(result));
  }

  /// Whether results can be added to a file, found out before there are any.
  ///
  /// @throws IOException in one sentence if it cannot be written, or holds something else
  public static void requireAppendable(Path file) throws IOException {
    AtomicFile.requireWritable(file);
    if (Files.isRegularFile(file)) {
      Optional<String> first = LineFile.first(file);
      if (first.isPresent()) {
        line(file, 1, first.get().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /// Reads all lines.
  ///
  /// @throws IOException naming file and line and what is wrong there
  public static List<Line> read(Path file) throws IOException {
    byte[] bytes = InputFile.read(file, "file of results", MOST_BYTES).bytes();
    List<Line> lines = new ArrayList<>();
    for (int from = 0; from < bytes.length; ) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      lines.add(line(file, lines.size() + 1, Arrays.copyOfRange(bytes, from, to)));
      from = to + 1;
    }
    return lines;
  }

  private static Line line(Path file, int number, byte[] line) throws IOException {
    try {
      return parse(ByteBuffer.wrap(line));
    } catch (CharacterCodingException e) {
      throw damaged(file, number, "not UTF-8 text", e);
    } catch (JsonProcessingException e) {
      throw damaged(file, number, "not JSON (" + JsonFault.of(e) + ")", e);
    } catch (IllegalArgumentException e) {
      throw damaged(file, number, String.valueOf(e.getMessage()), e);
    }
  }

  private static Line parse(ByteBuffer line) throws IOException {
    return Line.fromJson(
        JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(line).toString()));
  }

  private static IOException damaged(Path file, int line, String fault, Exception cause) {
    return new IOException(
        "%s line %s is not a result: %s".formatted(file, line, Printable.of(fault, 200)), cause);
  }
}
