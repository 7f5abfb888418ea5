package org.pdnn.cli.energy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pdnn.energy.Convention;
import org.pdnn.energy.PaperPreset;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Workload;
import org.pdnn.energy.language.LanguageModel;
import org.pdnn.energy.language.LanguageWork;
import org.pdnn.files.JsonFile;
import org.pdnn.names.Counted;
import org.pdnn.names.Nearest;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Outline;
import org.pdnn.network.Preset;
import org.pdnn.random.Scheme;
import org.pdnn.report.Document;
import org.pdnn.report.Fact;
import org.pdnn.sampling.Precision;
import org.pdnn.tradeoff.Pricing;

/// What `pdnn energy` is asked to price: a network by name, by its architecture or with its
/// weights, or a language model.
///
/// @param technology the usual one for it
/// @param conventions with the widths and the scheme that it is usually run with, the usual one
///   first
/// @param workloads one, or the prompt and the generation of a language model
record EnergySubject(String technology, List<Convention> conventions, List<Workload> workloads) {
  private static final String SRAM = "sram65";

  /// Billions of weights lie in no SRAM, and have been trained as floating-point numbers.
  private static final String LANGUAGE = "jouppi7-float-hbm2";

  private static final Neuron USUAL = Neuron.parse("pbit:sigmoid");

  /// @param neuron in place of the hidden neurons, if another kind is asked for
  static EnergySubject of(String model, Optional<Neuron> neuron, LanguageOptions asked)
      throws IOException {
    EnergySubject subject = of(model, asked);
    return neuron
        .map(other ->
            new EnergySubject(
                subject.technology,
                subject.conventions,
                subject.workloads.stream().map(work -> work.withHidden(other)).toList()))
        .orElse(subject);
  }

  private static EnergySubject of(String model, LanguageOptions asked) throws IOException {
    Path file = Path.of(model);
    if (model.endsWith(".json")) {
      JsonNode json = JsonFile.read(file, "network or config.json", Function.identity());
      if (!json.has("layers")) {
        LanguageModel language = LanguageModel.read(file);
        List<Convention> conventions =
            Stream.of(Convention.STRICT, Convention.PAPER)
                .map(convention -> convention.withWidths(language.widths()))
                .toList();
        return new EnergySubject(LANGUAGE, conventions, asked.workloads(language));
      }
      asked.refuseFor(model);
      return of(file.getFileName().toString(), network(Outline.read(file), file));
    }
    asked.refuseFor(model);
    Optional<PaperPreset> preset = PaperPreset.named(model);
    if (preset.isPresent()) {
      PaperPreset known = preset.get();
      Convention usual = known.convention();
      return new EnergySubject(
          known.technology(),
          List.of(usual, Convention.STRICT.withWidths(usual.widths())),
          List.of(known.workload()));
    }
    if (Files.exists(file) || model.endsWith(".safetensors")) {
      return of(file.getFileName().toString(), Model.read(file).network());
    }
    return of(model, named(model));
  }

  private static EnergySubject of(String name, Network network) {
    // As evaluate runs it unless told otherwise.
    List<Convention> conventions =
        Stream.of(Convention.STRICT, Convention.PAPER)
            .map(convention ->
                new Pricing(Technology.named(SRAM), convention)
                    .charged(Scheme.SCRAMBLED, LastHidden.BITS, Precision.DEFAULT))
            .toList();
    return new EnergySubject(SRAM, conventions, List.of(Workload.of(name, List.of(network))));
  }

  private static Network network(Outline outline, Path file) throws IOException {
    try {
      return outline.network();
    } catch (IllegalArgumentException e) {
      throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Network named(String model) {
    if (Preset.known(model)) {
      return Preset.network(model, USUAL);
    }
    List<String> names = new ArrayList<>(PaperPreset.keys());
    names.addAll(Preset.NAMES);
    throw new IllegalArgumentException(
        "'%s' is neither a file nor a network known by name%s; use %s, mlp:784-64-10, vgg5, a model file, an architecture in JSON or the config.json of a language model"
            .formatted(
                model, Nearest.suggestion(model, names), String.join(", ", PaperPreset.keys())));
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

  /// What the user should know before the price, a sentence each with its remedy.
  List<String> warnings() {
    return phases().stream().limit(1).flatMap(work -> work.model().warnings().stream()).toList();
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
