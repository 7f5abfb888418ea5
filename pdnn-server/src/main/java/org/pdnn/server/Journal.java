package org.pdnn.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.pdnn.energy.Joules;
import org.pdnn.names.Printable;
import org.pdnn.server.passes.Outcome;
import org.pdnn.server.passes.Question;
import org.pdnn.server.passes.SampledModel;

/// What was answered: counted for [Metrics], and as lines of JSON.
final class Journal {
  private static final String NONE = "none";
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int LONGEST_PATH = 512;

  private final Metrics metrics;
  private final Consumer<Supplier<String>> lines;

  /// @param lines takes each line of the access log
  Journal(Metrics metrics, Consumer<Supplier<String>> lines) {
    this.metrics = metrics;
    this.lines = lines;
  }

  /// Notes a request that was answered, or whose client has gone.
  void note(Call call) {
    long end = System.nanoTime();
    call.over(end);
    Optional<Question> question = call.question();
    question.ifPresent(asked -> count(asked, call.outcomes(), end));
    metrics.took(
        "model=\""
            + question.map(asked -> asked.model().name()).orElse(NONE)
            + "\",status=\""
            + call.status()
            + "\"",
        end - call.arrival());
    lines.accept(() -> line(call, end));
  }

  private static String line(Call call, long end) {
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put("time", Instant.now().toString())
            .put("client", call.client())
            .put("method", Printable.of(call.method()))
            .put("path", Printable.of(call.path(), LONGEST_PATH))
            .put("status", call.status())
            .put("seconds", (end - call.arrival()) / NANOS_PER_SECOND)
            .put("bytes", call.bytes());
    call.question()
        .ifPresent(asked ->
            line.put("model", asked.model().name())
                .put("inputs", asked.inputs().size())
                .put("samplesUsed", samples(call.outcomes()))
                .put("joules", joules(call.outcomes())));
    return Printable.json(line.toString());
  }

  private static long samples(List<Outcome> outcomes) {
    return outcomes.stream().mapToLong(Outcome::samples).sum();
  }

  private static double joules(List<Outcome> outcomes) {
    return outcomes.stream().map(Outcome::price).reduce(Joules.ZERO, Joules::plus).joules();
  }

  private void count(Question question, List<Outcome> outcomes, long end) {
    SampledModel model = question.model();
    String name = "model=\"" + model.name() + "\"";
    metrics.add("pdnn_samples_total", "Passes of answers.", name, (double) samples(outcomes));
    metrics.add(
        "pdnn_energy_joules_total",
        "Energy of answers.",
        "kind=\"predicted\",technology=\"%s\"".formatted(Printable.of(model.technology())),
        joules(outcomes));
    outcomes.forEach(outcome ->
        metrics.add(
            "pdnn_stopped_total",
            "Inputs by what ended their passes.",
            "by=\"" + outcome.stoppedBy() + "\"",
            1));
    boolean missed = question.deadline().isPresent() && end > question.deadline().getAsLong();
    metrics.add(
        "pdnn_deadline_missed_total", "Answers after their deadline.", name, missed ? 1 : 0);
  }
}
