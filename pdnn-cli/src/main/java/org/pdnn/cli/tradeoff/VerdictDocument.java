package org.pdnn.cli.tradeoff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.Estimate;
import org.pdnn.names.Counted;
import org.pdnn.report.Choice;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Form;
import org.pdnn.report.Rows;
import org.pdnn.report.Table;
import org.pdnn.sampling.Precision;
import org.pdnn.tradeoff.Configuration;
import org.pdnn.tradeoff.MemoryRange;
import org.pdnn.tradeoff.Pricing;
import org.pdnn.tradeoff.Question;
import org.pdnn.tradeoff.Setting;
import org.pdnn.tradeoff.Trial;
import org.pdnn.tradeoff.Verdict;

/// The answer to "samples or bits?" in one sentence, its evidence below it.
public record VerdictDocument(Question question, Pricing pricing, ModelNames names) {
  public Verdict verdict() {
    return question.verdict(pricing);
  }

  /// Which all of the question's trials have.
  Precision weights() {
    return question.trials().getFirst().setting().weights();
  }

  /// Adds the answer as headline, then its evidence, the chart, and the answers on other
  /// technologies.
  ///
  /// @param seeds the fewest noise seeds that any accuracy is the mean over
  public void addTo(Document document, int seeds) {
    Verdict verdict = verdict();
    List<Priced> priced = priced();
    document
        .fact("verdict", facts(verdict))
        .headline(sentence(verdict))
        .lead(evidence(verdict))
        .add(chart("accuracy-against-energy", seeds, priced));
    if (verdict.answer() != Verdict.Answer.NO_ANSWER) {
      document.add(technologies(priced).only(Form.TEXT, Form.JSON, Form.PAGE));
    }
  }

  /// Adds that what was measured gives no answer.
  ///
  /// @param reason a phrase
  public static void addNone(Document document, String reason) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("answer", Verdict.Answer.NO_ANSWER.toString());
    facts.put("reason", reason);
    document.fact("verdict", facts).headline(none(reason));
  }

  private static String none(String reason) {
    return "No answer: %s.".formatted(reason);
  }

  /// As in `Samples: 4 scrambled samples of p5 reach 96.10 % for 130.6 nJ; ...`.
  public String sentence() {
    return sentence(verdict());
  }

  private String sentence(Verdict verdict) {
    return switch (verdict.answer()) {
      case NO_ANSWER -> none(verdict.reason());
      case SAMPLES -> won("Samples", verdict.samples(), verdict.bits(), verdict);
      case BITS -> won("Bits", verdict.bits(), verdict.samples(), verdict);
      case EVEN -> {
        List<String> both = new ArrayList<>();
        verdict.samples().map(names::reach).ifPresent(both::add);
        verdict.bits().map(names::reach).ifPresent(both::add);
        yield "Even: %s; %s.".formatted(String.join(", ", both), open(verdict));
      }
    };
  }

  /// What leaves an even answer open, a phrase.
  private String open(Verdict verdict) {
    return verdict
        .open()
        .map(one ->
            verdict.samples().equals(Optional.of(one)) || verdict.bits().equals(Optional.of(one))
                ? "%s may miss the required accuracy".formatted(names.run(one.setting()))
                : "%s may reach the required accuracy, for %s"
                    .formatted(names.run(one.setting()), one.energy().inNanojoules()))
        .orElse(verdict.reason());
  }

  private String won(
      String side, Optional<Configuration> winner, Optional<Configuration> other, Verdict verdict) {
    Configuration best = winner.orElseThrow();
    return other
        .map(second ->
            String.format(
                Locale.ROOT,
                "%s: %s; %s, %.2f times as much.",
                side,
                names.reach(best),
                names.reach(second),
                second.energy().dividedBy(best.energy())))
        .orElseGet(() -> "%s: %s; %s.".formatted(side, names.reach(best), verdict.reason()));
  }

  private List<String> evidence(Verdict verdict) {
    List<String> sentences = new ArrayList<>();
    question
        .reference()
        .ifPresent(reference ->
            sentences.add(
                String.format(
                    Locale.ROOT,
                    "Required accuracy: %.2f %%, %.2f points below %s; all with %s.",
                    100 * (reference.accuracy().value() - question.tolerance()),
                    100 * question.tolerance(),
                    names.run(reference.setting()),
                    reference.setting().weights().words())));
    verdict
        .difference()
        .ifPresent(difference ->
            sentences.add(
                difference(
                    verdict.samples().orElseThrow().trial(),
                    verdict.bits().orElseThrow().trial(),
                    difference)));
    if (verdict.samples().isPresent() && verdict.bits().isPresent()) {
      sentences.add(memory(verdict.samples().get().trial(), verdict.bits().get().trial()));
    }
    return sentences;
  }

  private static String difference(Trial samples, Trial bits, Estimate difference) {
    return String.format(
        Locale.ROOT,
        "Accuracy of the samples less that of the bits: %+.2f points (%+.2f to %+.2f, 95 %% over"
            + " %s).",
        100 * difference.value(),
        100 * difference.low(),
        100 * difference.high(),
        over(samples, bits));
  }

  /// What the interval of a difference covers.
  public static String over(Trial samples, Trial bits) {
    int runs = Math.min(samples.runs().size(), bits.runs().size());
    return "%s, noise%s"
        .formatted(
            Counted.of(samples.runs().getFirst().inputs(), "image"),
            runs >= Estimate.FEWEST_REPETITIONS
                ? " and %d training runs".formatted(runs)
                : "; %s".formatted(Counted.of(runs, "training run")));
  }

  /// From which price of the weights' memory on the samples are even or better.
  private String memory(Trial samples, Trial bits) {
    MemoryRange cheaper = pricing.memory(samples, bits, 1);
    MemoryRange even = pricing.memory(samples, bits, 1 + Question.CLOSE);
    String turn =
        cheaper.always()
            ? "the samples are cheaper, whatever a bit of the weights' memory takes"
            : cheaper.never()
                ? "the bits are cheaper, whatever a bit of the weights' memory takes"
                : cheaper
                    .most()
                    .map(most ->
                        "the samples are cheaper up to %s per bit of the weights' memory"
                            .formatted(most))
                    .orElseGet(() ->
                        "the samples are cheaper from %s per bit of the weights' memory on"
                            .formatted(cheaper.least().orElseThrow()));
    String close =
        cheaper.always() || even.never() || even.always()
            ? ""
            : even.most().isPresent()
                ? "; up to %s the samples take at most %.0f %% more"
                    .formatted(even.most().get(), 100 * Question.CLOSE)
                : "; from %s on the samples take at most %.0f %% more"
                    .formatted(even.least().orElseThrow(), 100 * Question.CLOSE);
    return "Of these two %s%s.".formatted(turn, close);
  }

  /// For scripts.
  private Map<String, Object> facts(Verdict verdict) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("answer", verdict.answer().toString());
    facts.put("reason", verdict.reason());
    facts.put("tolerance", question.tolerance());
    question
        .reference()
        .ifPresent(one -> {
          Setting setting = one.setting();
          facts.put("weights", setting.weights().toString());
          facts.put("reference", names.facts(pricing.of(one)));
        });
    verdict.samples().ifPresent(one -> facts.put("samples", names.facts(one)));
    verdict.bits().ifPresent(one -> facts.put("bits", names.facts(one)));
    verdict.open().ifPresent(one -> facts.put("open", names.facts(one)));
    verdict
        .difference()
        .ifPresent(difference -> {
          facts.put("difference", difference.value());
          facts.put("differenceLow", difference.low());
          facts.put("differenceHigh", difference.high());
          facts.put(
              "differenceOver",
              over(verdict.samples().orElseThrow().trial(), verdict.bits().orElseThrow().trial()));
        });
    return facts;
  }

  /// A technology and the answer that it gives.
  private record Priced(Technology technology, Verdict verdict) {
    Optional<Double> of(Optional<Configuration> side, ToDoubleFunction<Configuration> value) {
      return side.map(one -> value.applyAsDouble(one));
    }
  }

  /// On the technologies that ship with the project, and before them on one of the user's.
  private List<Priced> priced() {
    Technology own = pricing.technology();
    return Stream.concat(
            Stream.of(own).filter(one -> !Technology.NAMES.contains(one.name())),
            Technology.NAMES.stream()
                .map(name -> name.equals(own.name()) ? own : Technology.named(name)))
        .map(technology -> new Priced(technology, question.verdict(pricing.in(technology))))
        .toList();
  }

  /// Accuracy against energy: a figure for each technology, its verdict as the caption.
  ///
  /// @param id that of the first figure, with which those of the others begin
  Choice chart(String id, int seeds) {
    return chart(id, seeds, priced());
  }

  private Choice chart(String id, int seeds, List<Priced> all) {
    AccuracyAgainstEnergy chart = new AccuracyAgainstEnergy(question, names, seeds);
    Technology own = pricing.technology();
    List<Choice.Option> options =
        all.stream()
            .sorted(Comparator.comparing(one -> !one.technology().equals(own)))
            .map(one -> {
              String name = one.technology().name();
              String file = one.technology().equals(own) ? id : id + "-" + name;
              Pricing here = pricing.in(one.technology());
              return new Choice.Option(name, chart.figure(file, here, sentence(one.verdict())));
            })
            .toList();
    return new Choice(
        id + "-by-technology",
        "Accuracy against energy, all with " + weights().words(),
        chart.caption(),
        "Technology",
        options);
  }

  private Table technologies(List<Priced> rows) {
    ToDoubleFunction<Configuration> energy = one -> one.energy().nanojoules();
    return new Rows<>(rows)
        .add("technology", "technology", row -> row.technology().name())
        .add("answer", "answer", row -> row.verdict().answer())
        .add("samples", "T", row -> row.verdict().samples().map(one -> one.setting().samples()))
        .add(
            Column.of("samplesNanojoules", "samples").in("nJ").as("%,.4g"),
            row -> row.of(row.verdict().samples(), energy))
        .add(
            "activationBits",
            "bits",
            row -> row.verdict().bits().map(one -> one.setting().neuron().bits()))
        .add(
            Column.of("bitsNanojoules", "bits").in("nJ").as("%,.4g"),
            row -> row.of(row.verdict().bits(), energy))
        .table(
            "technologies",
            "The answer by technology",
            "The cheapest configuration of each side with the required accuracy.");
  }
}
