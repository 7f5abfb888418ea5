package org.pdnn.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.pdnn.sampling.Precision;

/// All that is needed to compute a curve again, and to know when it was.
///
/// @param evaluation what was measured
/// @param sampler name of the sampler and its generator, as in `integer, weights 8, edition 2,
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

  /// The same of the deterministic twin, which draws no words.
  Provenance ofTwin() {
    return new Provenance(
        evaluation, Precision.named(sampler).ofTwin(), modelSha256, dataSha256, environment, time);
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
}
