package org.pdnn.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.files.JsonFields;
import org.pdnn.network.LastHidden;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;

/// All that is needed to compute a curve again, and to know when it was.
///
/// @param evaluation what was measured
/// @param sampler name of the sampler and its generator, as in `integer, weights 8, vector512,
///   philox`
/// @param modelSha256 hash of the model's file, if it has one
/// @param dataSha256 hash of the data, if known
/// @param time when the result was made, in UTC
public record Provenance(
    Evaluation evaluation,
    String sampler,
    Optional<String> modelSha256,
    Optional<String> dataSha256,
    Environment environment,
    Instant time) {

  /// The same of a network that was run in real numbers, without words.
  Provenance inRealNumbers() {
    return new Provenance(
        evaluation, Precision.REAL.sampler(), modelSha256, dataSha256, environment, time);
  }

  /// The provenance as JSON, under the names of its parts. What is absent has no key.
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("seed", evaluation.seed()).put("seeds", evaluation.seeds());
    evaluation.samples().forEach(json.putArray("samples")::add);
    json.put("scheme", evaluation.scheme().toString())
        .put("averaging", evaluation.averaging().toString())
        .put("last", evaluation.last().toString())
        .put("outputs", evaluation.outputs().toString())
        .put("sampler", sampler);
    modelSha256.ifPresent(hash -> json.put("modelSha256", hash));
    dataSha256.ifPresent(hash -> json.put("dataSha256", hash));
    return json.put("version", environment.version())
        .put("jdk", environment.jdk())
        .put("cpu", environment.cpu())
        .put("processors", environment.processors())
        .put("time", time.toString());
  }

  /// Reads what [#toJson] wrote.
  ///
  /// @throws IllegalArgumentException naming the key that is missing or wrong
  static Provenance fromJson(JsonNode json) {
    List<Integer> samples = new ArrayList<>();
    for (JsonNode count : json.path("samples")) {
      samples.add(count.intValue());
    }
    return new Provenance(
        new Evaluation(
            samples,
            Scheme.parse(JsonFields.text(json, "scheme")),
            JsonFields.constant(json, "averaging", Averaging.class),
            JsonFields.constant(json, "last", LastHidden.class),
            JsonFields.constant(json, "outputs", Outputs.class),
            JsonFields.longInteger(json, "seed"),
            JsonFields.integer(json, "seeds")),
        JsonFields.text(json, "sampler"),
        JsonFields.optionalText(json, "modelSha256"),
        JsonFields.optionalText(json, "dataSha256"),
        new Environment(
            JsonFields.text(json, "version"),
            JsonFields.text(json, "jdk"),
            JsonFields.text(json, "cpu"),
            JsonFields.integer(json, "processors")),
        time(JsonFields.text(json, "time")));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'time' is not an ISO instant: " + text, e);
    }
  }
}
