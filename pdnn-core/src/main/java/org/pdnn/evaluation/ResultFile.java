package org.pdnn.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
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
import java.util.function.Consumer;
import org.pdnn.files.AtomicFile;
import org.pdnn.files.InputFile;
import org.pdnn.files.JsonFault;
import org.pdnn.files.JsonFields;
import org.pdnn.files.LineFile;
import org.pdnn.names.Limits;
import org.pdnn.names.Printable;
import org.pdnn.network.LastHidden;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;

/// Results as JSON lines: one curve point per line, each with the names of its model and data and
/// its provenance, so that files can be cut and joined by line; and a line for the deterministic
/// twin.
public final class ResultFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// Begins each line that was written, also one that was cut off.
  private static final String BEGIN = "{\"model\":";

  /// A line, as far as a trade-off needs it.
  ///
  /// @param twin whether the point is that of the model's deterministic twin
  /// @param samples T
  /// @param scheme absent where nothing was drawn
  /// @param accuracy over noise seeds on the same images
  /// @param grades of the point, if they were kept
  public record Line(
      String model,
      String data,
      boolean twin,
      int samples,
      Optional<Scheme> scheme,
      Estimate accuracy,
      Origin provenance,
      Optional<Grades> grades) {
    public Line {
      Limits.atLeast("samples", 1, samples);
    }

    static Line fromJson(JsonNode json) {
      return new Line(
          JsonFields.text(json, "model"),
          JsonFields.text(json, "data"),
          json.path("deterministicTwin").asBoolean(),
          JsonFields.integer(json, "samples"),
          Scheme.ofName(JsonFields.text(json, "scheme")),
          Estimate.from(json, "accuracy"),
          Origin.fromJson(JsonFields.object(json, "provenance")),
          json.has("grades")
              ? Optional.of(Grades.fromJson(json.path("grades")))
              : Optional.empty());
    }
  }

  /// How a line was measured, as far as a trade-off needs it; see [Provenance].
  public record Origin(
      Averaging averaging,
      LastHidden last,
      Outputs outputs,
      int seeds,
      String sampler,
      Optional<String> modelSha256,
      Optional<String> dataSha256) {
    public Origin {
      Limits.between("seeds", 1, Evaluation.MOST_SEEDS, seeds);
    }

    static Origin fromJson(JsonNode json) {
      return new Origin(
          JsonFields.constant(json, "averaging", Averaging.class),
          JsonFields.constant(json, "last", LastHidden.class),
          JsonFields.constant(json, "outputs", Outputs.class),
          JsonFields.integer(json, "seeds"),
          JsonFields.text(json, "sampler"),
          JsonFields.optionalText(json, "modelSha256"),
          JsonFields.optionalText(json, "dataSha256"));
    }
  }

  /// A line takes some kilobytes.
  private static final int MOST_BYTES = 1 << 28;

  private ResultFile() {}

  /// A result's points as lines, each with its end. The twin's is the last; a deterministic model
  /// is its own.
  public static String lines(Result result) {
    StringBuilder lines = new StringBuilder();
    List<CurvePoint> points = result.curve().points();
    for (int i = 0; i < points.size(); i++) {
      lines.append(line(result, i, points.get(i), result.provenance()));
    }
    if (!result.curve().single()) {
      CurvePoint twin = result.curve().deterministic();
      lines.append(line(result, points.size(), twin, result.provenance().ofTwin()));
    }
    return lines.toString();
  }

  private static String line(Result result, int number, CurvePoint point, Provenance provenance) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", result.model()).put("data", result.data());
    if (number == result.curve().points().size()) {
      json.put("deterministicTwin", true);
    }
    json.setAll(point.toJson());
    json.set("provenance", provenance.toJson());
    // Last, since they are long.
    result.grades(number).ifPresent(kept -> json.set("grades", kept.toJson()));
    return json.toString() + '\n';
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
        line(file, 1, first.get().getBytes(StandardCharsets.UTF_8), _ -> {});
      }
    }
  }

  /// Reads all lines but those that were cut off, as by a writer that was killed.
  ///
  /// @param remarks told which lines are left out, a sentence each
  /// @throws IOException naming file and line and what is wrong there
  public static List<Line> read(Path file, Consumer<String> remarks) throws IOException {
    byte[] bytes = InputFile.read(file, "file of results", MOST_BYTES).bytes();
    List<Line> lines = new ArrayList<>();
    int number = 1;
    for (int from = 0; from < bytes.length; number++) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      line(file, number, Arrays.copyOfRange(bytes, from, to), remarks).ifPresent(lines::add);
      from = to + 1;
    }
    return lines;
  }

  private static Optional<Line> line(Path file, int number, byte[] line, Consumer<String> remarks)
      throws IOException {
    String text = "";
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      return Optional.of(Line.fromJson(JSON.readTree(text)));
    } catch (CharacterCodingException e) {
      throw damaged(file, number, "not UTF-8 text", e);
    } catch (JsonEOFException e) {
      if (!text.startsWith(BEGIN)) {
        throw damaged(file, number, "not JSON (" + JsonFault.of(e) + ")", e);
      }
      remarks.accept("%s line %s was cut off and is left out".formatted(file, number));
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw damaged(file, number, "not JSON (" + JsonFault.of(e) + ")", e);
    } catch (IllegalArgumentException e) {
      throw damaged(file, number, String.valueOf(e.getMessage()), e);
    }
  }

  private static IOException damaged(Path file, int line, String fault, Exception cause) {
    return new IOException(
        "%s line %s is not a result: %s; pdnn evaluate --results FILE writes lines of results"
            .formatted(file, line, Printable.of(fault, 200)),
        cause);
  }
}
