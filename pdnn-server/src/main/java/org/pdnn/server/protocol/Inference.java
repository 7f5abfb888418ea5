package org.pdnn.server.protocol;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.energy.Joules;
import org.pdnn.sampling.Outputs;
import org.pdnn.server.passes.Outcome;
import org.pdnn.server.passes.Question;
import org.pdnn.server.passes.SampledModel;

/// A request to a model: the question that it asks, and the reply to its answers.
public final class Inference {
  private final SampledModel model;
  private final InferRequest request;
  private final Outputs averaged;
  private final Map<Output, Boolean> wanted;
  private final Question question;

  private Inference(
      SampledModel model,
      InferRequest request,
      Outputs averaged,
      Map<Output, Boolean> wanted,
      Question question) {
    this.model = model;
    this.request = request;
    this.averaged = averaged;
    this.wanted = wanted;
    this.question = question;
  }

  /// What a request asks of a model.
  ///
  /// @param arrival from which a deadline counts, by [System#nanoTime]
  /// @param mostSamples that are granted
  /// @param followed whether answers are wanted after 1, 2, 4, ... passes too
  public static Inference of(
      SampledModel model, InferRequest request, long arrival, int mostSamples, boolean followed)
      throws RequestException {
    try {
      Parameters parameters = new Parameters(request.parameters());
      Outputs averaged = parameters.outputs();
      Question question =
          Question.of(model, request.inputs(), parameters.terms(arrival, mostSamples), followed);
      Map<Output, Boolean> wanted = wanted(request, averaged, followed);
      if (followed && request.inputs().size() > 1) {
        throw RequestException.wrong("a stream has one input");
      }
      return new Inference(model, request, averaged, wanted, question);
    } catch (IllegalArgumentException e) {
      throw new RequestException(RequestException.Kind.WRONG, String.valueOf(e.getMessage()));
    }
  }

  private static Map<Output, Boolean> wanted(
      InferRequest request, Outputs averaged, boolean followed) throws RequestException {
    Map<Output, Boolean> wanted = new LinkedHashMap<>();
    for (Map.Entry<String, Boolean> output : request.outputs().entrySet()) {
      wanted.put(Output.parse(output.getKey(), averaged), output.getValue());
    }
    if (wanted.isEmpty()) {
      Output.usual(averaged).forEach(output -> wanted.put(output, request.binary()));
      if (followed) {
        wanted.put(Output.SETTLED, request.binary());
      }
    }
    return wanted;
  }

  public Question question() {
    return question;
  }

  /// The reply to the whole request.
  public InferReply reply(List<Outcome> outcomes) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    Outcome longest =
        outcomes.stream().max(Comparator.comparingInt(Outcome::samples)).orElseThrow();
    parameters.put("samples_used", longest.samples());
    parameters.put("stopped_by", longest.stoppedBy().toString());
    return reply(outcomes, parameters);
  }

  /// The reply after some passes, of which there will be more.
  public InferReply replySoFar(Outcome outcome) {
    return reply(List.of(outcome), Map.of("samples_used", outcome.samples()));
  }

  private InferReply reply(List<Outcome> outcomes, Map<String, Object> first) {
    Map<String, Object> parameters = new LinkedHashMap<>(request.parameters());
    parameters.putAll(first);
    Joules joules = outcomes.stream().map(Outcome::price).reduce(Joules.ZERO, Joules::plus);
    parameters.put("joules", joules.joules());
    parameters.put("joules_kind", "predicted");
    parameters.put("technology", model.technology());
    parameters.put("scheme", question.scheme().toString());
    parameters.put("seed", question.seed());
    List<InferReply.Tensor> tensors = new ArrayList<>();
    wanted.forEach((output, binary) ->
        tensors.add(new InferReply.Tensor(output.of(outcomes, model, averaged), binary)));
    return new InferReply(model.name(), model.version(), request.id(), parameters, tensors);
  }
}
