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
import java.util.List;
import org.pdnn.files.AtomicFile;

/// Results as JSON lines: one curve point a line, each with the names of its model and data and its
/// provenance, so that files can be cut and joined by line. The points of deterministic twins are
/// not kept.
public final class ResultFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// One line.
  public record Line(String model, String data, CurvePoint point, Provenance provenance) {
    String toJson() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("model", model).put("data", data);
      json.setAll(point.toJson());
      json.set("provenance", provenance.toJson());
      return json.toString();
    }

    static Line fromJson(JsonNode json) {
      return new Line(
          Fields.text(json, "model"),
          Fields.text(json, "data"),
          CurvePoint.fromJson(json),
          Provenance.fromJson(json.path("provenance")));
    }
  }

  private ResultFile() {}

  /// Adds a result's points to a file, which is made if there is none. The file is replaced whole
  /// or not at all; one writer at a time.
  ///
  /// @throws IOException in one sentence with path and remedy
  public static void append(Path file, Result result) throws IOException {
    byte[] before = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    StringBuilder lines = new StringBuilder();
    if (before.length > 0 && before[before.length - 1] != '\n') {
      lines.append('\n');
    }
    for (CurvePoint point : result.curve().points()) {
      Line line = new Line(result.model(), result.data(), point, result.provenance());
      lines.append(line.toJson()).append('\n');
    }
    AtomicFile.write(
        file,
        out -> {
          out.write(before);
          out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        });
  }

  /// Reads all lines.
  ///
  /// @throws IOException naming file and line and what is wrong there
  public static List<Line> read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<Line> lines = new ArrayList<>();
    for (int from = 0; from < bytes.length; ) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      try {
        lines.add(parse(ByteBuffer.wrap(bytes, from, to - from)));
      } catch (CharacterCodingException e) {
        throw damaged(file, lines, "not UTF-8 text", e);
      } catch (JsonProcessingException e) {
        throw damaged(file, lines, "not JSON (" + e.getOriginalMessage() + ")", e);
      } catch (IllegalArgumentException e) {
        throw damaged(file, lines, String.valueOf(e.getMessage()), e);
      }
      from = to + 1;
    }
    return lines;
  }

  private static Line parse(ByteBuffer line) throws IOException {
    return Line.fromJson(
        JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(line).toString()));
  }

  private static IOException damaged(Path file, List<Line> sound, String fault, Exception cause) {
    return new IOException(
        "%s line %s is not a result: %s".formatted(file, sound.size() + 1, fault), cause);
  }
}
