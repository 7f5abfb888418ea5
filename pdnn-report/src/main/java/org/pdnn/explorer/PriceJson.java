package org.pdnn.explorer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pdnn.energy.LayerWork;
import org.pdnn.energy.Operation;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Work;
import org.pdnn.evaluation.Estimate;
import org.pdnn.random.Scheme;
import org.pdnn.tradeoff.Pricing;
import org.pdnn.tradeoff.Question;
import org.pdnn.tradeoff.Setting;
import org.pdnn.tradeoff.Trial;

/// What was measured and what it takes, as `energy.js` and `verdict.js` read it: counts of
/// operations, which they multiply by the constants of a technology, in the order of [Pricing#of].
final class PriceJson {
  private final Pricing pricing;
  private final Map<List<LayerWork>, Integer> works = new LinkedHashMap<>();

  PriceJson(Pricing pricing) {
    this.pricing = pricing;
  }

  /// A question with its trials, each with the place of its work among [#works].
  ObjectNode question(Question question) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("tolerance", question.tolerance());
    question.refusal().ifPresent(reason -> json.put("refusal", reason));
    ArrayNode trials = json.putArray("trials");
    for (Trial trial : question.trials()) {
      Setting setting = trial.setting();
      ObjectNode one = trials.addObject();
      one.put("random", trial.random());
      one.put("bits", setting.neuron().bits());
      one.put("samples", setting.samples());
      setting.scheme().ifPresent(scheme -> one.put("scheme", scheme.toString()));
      one.set("accuracy", estimate(trial.accuracy()));
      question
          .reference()
          .ifPresent(reference -> one.set("difference", estimate(trial.minus(reference))));
      one.put("work", work(trial));
    }
    return json;
  }

  private static ObjectNode estimate(Estimate estimate) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("value", estimate.value())
        .put("low", estimate.low())
        .put("high", estimate.high());
  }

  private int work(Trial trial) {
    Setting setting = trial.setting();
    List<LayerWork> layers =
        trial
            .workload()
            .work(
                pricing.charged(
                    setting.scheme().orElse(Scheme.INDEPENDENT),
                    setting.last(),
                    setting.weights()));
    works.putIfAbsent(layers, works.size());
    return works.get(layers);
  }

  /// What all trials so far do, layer by layer.
  ArrayNode works() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (List<LayerWork> layers : works.keySet()) {
      ArrayNode all = json.addArray();
      for (LayerWork layer : layers) {
        ObjectNode one = all.addObject();
        one.put("name", layer.name()).put("macs", layer.size().macs());
        one.put("scheme", layer.scheme().toString());
        one.set("once", counts(layer.once()));
        one.set("perSample", counts(layer.perSample()));
        one.set("perWord", counts(layer.perWord()));
      }
    }
    return json;
  }

  private static ObjectNode counts(Work work) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    work.counts().forEach((operation, count) -> json.put(operation.key(), count));
    return json;
  }

  /// The operations in their order, with what formulas call them.
  static ArrayNode operations() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Operation operation : Operation.values()) {
      json.addObject()
          .put("key", operation.key())
          .put("symbol", operation.symbol())
          .put("unit", operation.unit())
          .put("noun", operation.noun());
    }
    return json;
  }

  /// The technology of the pricing, and those that ship with the project.
  ArrayNode technologies() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    Technology own = pricing.technology();
    Stream.concat(
            Stream.of(own),
            Technology.NAMES.stream()
                .filter(name -> !name.equals(own.name()))
                .map(Technology::named))
        .forEach(technology -> {
          ObjectNode one = json.addObject();
          one.put("name", technology.toString()).put("description", technology.description());
          ObjectNode costs = one.putObject("costs");
          for (Operation operation : Operation.values()) {
            costs.put(operation.key(), technology.cost(operation).picojoules());
          }
        });
    return json;
  }
}
