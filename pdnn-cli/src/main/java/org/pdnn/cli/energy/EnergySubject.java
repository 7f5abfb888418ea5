package org.pdnn.cli.energy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pdnn.cli.input.NamedNetwork;
import org.pdnn.energy.Convention;
import org.pdnn.energy.PaperPreset;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Workload;
import org.pdnn.energy.language.LanguageModel;
import org.pdnn.energy.language.LanguageWork;
import org.pdnn.files.JsonFile;
import org.pdnn.integer.Lowering;
import org.pdnn.names.Counted;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.random.Scheme;
import org.pdnn.report.Document;
import org.pdnn.report.Fact;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.tradeoff.Pricing;

/// What `pdnn energy` is asked to price: a network by name, by its architecture or with its
/// weights, or a language model.
///
/// @param technology the usual one for it
/// @param conventions with the widths and the scheme that it is usually run with, the usual one
///   first
/// @param workloads one, or the prompt and the generation of a language model
/// @param warnings what the user should know before the price, a sentence each
record EnergySubject(
    String technology,
    List<Convention> conventions,
    List<Workload> workloads,
    List<String> warnings) {
  private static final String SRAM = "sram65";

  /// Billions of weights lie in no SRAM, and have been trained as floating-point numbers.
  private static final String LANGUAGE = "jouppi7-float-hbm2";

  /// @param neuron in place of the hidden neurons, if another kind is asked for
  /// @param weightBits of a weight, if they are asked for
  static EnergySubject of(
      String model, Optional<Neuron> neuron, OptionalInt weightBits, LanguageOptions asked)
      throws IOException {
    Path file = Path.of(model);
    boolean json = model.endsWith(".json");
    if (json && !JsonFile.read(file, "network or config.json", Function.identity()).has("layers")) {
      return language(LanguageModel.read(file), asked).withHidden(neuron);
    }
    asked.refuseFor(model);
    Optional<PaperPreset> preset = PaperPreset.named(model);
    if (preset.isPresent()) {
      return paper(preset.get()).withHidden(neuron);
    }
    NamedNetwork named = NamedNetwork.of(model, PaperPreset.keys());
    Network network = named.network();
    return own(
        named.name(),
        neuron.map(other -> network.withHiddenNeurons(_ -> other)).orElse(network),
        weightBits);
  }

  private static EnergySubject language(LanguageModel language, LanguageOptions asked) {
    List<Convention> conventions =
        Stream.of(Convention.STRICT, Convention.PAPER)
            .map(convention -> convention.withWidths(language.widths()))
            .toList();
    return new EnergySubject(LANGUAGE, conventions, asked.workloads(language), language.warnings());
  }

  private static EnergySubject paper(PaperPreset preset) {
    Convention usual = preset.convention();
    return new EnergySubject(
        preset.technology(),
        List.of(usual, Convention.STRICT.withWidths(usual.widths())),
        List.of(preset.workload()),
        List.of());
  }

  private EnergySubject withHidden(Optional<Neuron> neuron) {
    return neuron
        .map(other ->
            new EnergySubject(
                technology,
                conventions,
                workloads.stream().map(work -> work.withHidden(other)).toList(),
                warnings))
        .orElse(this);
  }

  /// A network of the user's, at the widths that `evaluate` runs it with: weights of few bits if it
  /// has such a form, else real numbers.
  private static EnergySubject own(String name, Network network, OptionalInt weightBits) {
    Optional<String> refusal =
        weightBits.isPresent() ? Optional.empty() : Precision.DEFAULT.refusal(network, Run.of(1));
    boolean real = refusal.isPresent() || weightBits.orElse(0) > Lowering.EDGE.bits();
    Precision weights = real ? Precision.REAL : Precision.DEFAULT;
    Technology sram = Technology.named(SRAM);
    List<Convention> conventions =
        Stream.of(Convention.STRICT, Convention.PAPER)
            .map(convention ->
                new Pricing(sram, convention).charged(Scheme.SCRAMBLED, LastHidden.BITS, weights))
            .map(convention ->
                weightBits.isPresent()
                    ? convention.withWidths(convention.widths().withWeight(weightBits.getAsInt()))
                    : convention)
            .toList();
    return new EnergySubject(
        SRAM,
        conventions,
        List.of(Workload.of(name, List.of(network))),
        refusal.map("weights and inputs are priced at 32 bits, since "::concat).stream().toList());
  }

  /// Whether tokens are priced.
  boolean language() {
    return workloads.size() > 1;
  }

  /// What is priced: how many tokens, and which hidden neurons.
  private String sentence() {
    List<String> sentences = new ArrayList<>();
    List<LanguageWork> phases = phases();
    if (!phases.isEmpty()) {
      sentences.add(
          "Prompt of %s, %d generated, batch %d."
              .formatted(
                  Counted.of(phases.getFirst().span().tokens(), "token"),
                  phases.getLast().span().tokens(),
                  phases.getFirst().batch()));
    }
    if (!hidden().isEmpty()) {
      sentences.add("Hidden neurons: %s.".formatted(hidden()));
    }
    return String.join(" ", sentences);
  }

  /// Says what is priced, and the answer for each workload, as headline.
  void answer(Document document, Function<Workload, String> answer) {
    document.headline(
        Stream.concat(Stream.of(sentence()), workloads.stream().map(answer))
            .collect(Collectors.joining("\n"))
            .strip());
  }

  /// The same for provenance.
  void note(Document document) {
    List<LanguageWork> phases = phases();
    if (!phases.isEmpty()) {
      document
          .provenance("promptTokens", phases.getFirst().span().tokens())
          .provenance("generatedTokens", phases.getLast().span().tokens())
          .provenance("batch", phases.getFirst().batch());
    }
    if (!hidden().isEmpty()) {
      document.provenance("hiddenNeurons", hidden());
    }
  }

  private List<LanguageWork> phases() {
    return workloads.stream()
        .filter(LanguageWork.class::isInstance)
        .map(LanguageWork.class::cast)
        .toList();
  }

  /// Kinds of hidden neurons, in the order of their layers.
  private String hidden() {
    Workload one = workloads.getFirst();
    Stream<Neuron> neurons =
        one.networks().isEmpty()
            ? one.hidden().stream()
            : one.networks().stream().flatMap(EnergySubject::hidden);
    return neurons.distinct().map(Neuron::toString).collect(Collectors.joining(", "));
  }

  private static Stream<Neuron> hidden(Network network) {
    return network.hiddenNeurons().stream()
        .map(network.layers()::get)
        .flatMap(
            layer -> layer instanceof Neurons(Neuron neuron) ? Stream.of(neuron) : Stream.of());
  }

  /// What JSON says of a workload beside its rows; phases of a language model are a list.
  List<Fact> facts(Function<Workload, Map<String, Object>> facts) {
    if (!language()) {
      return facts.apply(workloads.getFirst()).entrySet().stream()
          .map(fact -> new Fact(fact.getKey(), fact.getValue()))
          .toList();
    }
    List<Map<String, Object>> phases = new ArrayList<>();
    for (Workload workload : workloads) {
      Phase phase = Phase.of(workload).orElseThrow();
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("phase", phase.name());
      all.put("tokens", phase.tokens());
      all.putAll(facts.apply(workload));
      phases.add(all);
    }
    return List.of(new Fact("phases", phases));
  }
}
