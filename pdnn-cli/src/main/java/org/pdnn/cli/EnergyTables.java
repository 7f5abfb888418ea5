package org.pdnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.pdnn.energy.ActivationStorage;
import org.pdnn.energy.Bits;
import org.pdnn.energy.BitsPoint;
import org.pdnn.energy.EnergyBreakdown;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyPoint;
import org.pdnn.energy.EnergyTerms;
import org.pdnn.energy.Joules;
import org.pdnn.energy.LayerEnergy;
import org.pdnn.energy.MemoryPoint;
import org.pdnn.energy.Operation;
import org.pdnn.energy.OperationGrid;
import org.pdnn.energy.Workload;
import org.pdnn.energy.language.LanguageWork;
import org.pdnn.network.Neuron;

/// Energies as rows of text and as JSON. Those of language models are told in J a token.
final class EnergyTables {
  /// A part of an energy, as `weights nJ` in text and `weightsNanojoules` in JSON.
  private record Term(String name, Function<EnergyTerms, Joules> part) {}

  private final EnergyModel model;
  private final List<Workload> workloads;
  private final boolean language;
  private final List<Term> terms = new ArrayList<>();

  EnergyTables(EnergyModel model, EnergySubject subject) {
    this.model = model;
    this.workloads = subject.workloads();
    this.language = subject.language();
    terms.add(new Term("weights", EnergyTerms::weights));
    terms.add(new Term("activations", EnergyTerms::activations));
    if (language) {
      terms.add(new Term("cache", EnergyTerms::cache));
    }
    terms.add(new Term("synapse", EnergyTerms::synapse));
    terms.add(new Term("neuron", EnergyTerms::neuron));
    if (model.technology().constants().containsKey(Operation.OVERHEAD)) {
      terms.add(new Term("overhead", EnergyTerms::overhead));
    }
    terms.add(new Term("total", EnergyTerms::total));
  }

  /// A row for each number of samples.
  TextTable curve(List<Integer> samples, LatencyOptions latency, ObjectNode json) {
    List<String> last = new ArrayList<>(List.of("gain"));
    last.addAll(latency.headings());
    TextTable table = table("T", last.toArray(String[]::new));
    ArrayNode curve = json.putArray("curve");
    List<String> sentences = new ArrayList<>();
    for (Workload workload : workloads) {
      sentences.add(firstAndFurther(workload, json));
      boolean random = workload.hidden().map(Neuron::random).orElse(true);
      for (int count : samples) {
        EnergyPoint point = model.points(workload, count, count).getFirst();
        ObjectNode node = node(curve, workload).put("samples", count);
        List<String> cells = new ArrayList<>(List.of(gain(point)));
        cells.addAll(latency.cells(random ? count : 1, node));
        row(table, workload, String.valueOf(count), point.energy(), cells.toArray(String[]::new));
        put(node, workload, point);
      }
    }
    return table.before(String.join("\n", sentences));
  }

  /// The first sample pays for the weights, each further one for itself (figure 6b).
  private String firstAndFurther(Workload workload, ObjectNode json) {
    EnergyBreakdown energy = model.breakdown(workload);
    Joules first = energy.at(1).total();
    Joules further = energy.furtherSample().total();
    ObjectNode node = workload instanceof LanguageWork ? phase(workload, json) : json;
    node.put("firstSampleNanojoules", first.nanojoules())
        .put("furtherSampleNanojoules", further.nanojoules());
    String phase = workload instanceof LanguageWork work ? phase(work) + ": " : "";
    return further.equals(Joules.ZERO)
        ? "%sOne pass %s, whatever T.".formatted(phase, amount(workload, first))
        : "%sFirst sample %s, each further one %s."
            .formatted(phase, amount(workload, first), amount(workload, further));
  }

  /// A row for each layer.
  TextTable layers(int samples, ObjectNode json) {
    TextTable table = table("layer");
    json.put("samples", samples);
    ArrayNode all = json.putArray("layers");
    List<String> sentences = new ArrayList<>();
    for (Workload workload : workloads) {
      List<LayerEnergy> layers = model.breakdown(workload).layers();
      for (LayerEnergy layer : layers) {
        EnergyTerms energy = layer.at(samples);
        String name = layer.work().name();
        int index = layer.work().index();
        row(table, workload, index + " " + name, energy);
        put(node(all, workload).put("layer", index).put("name", name), workload, energy);
      }
      sentences.add(dearest(layers, samples));
    }
    Bits storage = storage(samples);
    if (storage.compareTo(Bits.NONE) > 0) {
      json.put("activationMemoryBits", storage.count());
      sentences.add("At T = %d the activations need at most %s.".formatted(samples, storage));
    }
    return table.before(String.join("\n", sentences));
  }

  private static String dearest(List<LayerEnergy> layers, int samples) {
    Function<LayerEnergy, Joules> total = layer -> layer.at(samples).total();
    LayerEnergy most = Collections.max(layers, Comparator.comparing(total));
    Joules all = layers.stream().map(total).reduce(Joules.ZERO, Joules::plus);
    double share = all.equals(Joules.ZERO) ? 0 : total.apply(most).dividedBy(all);
    return String.format(
        Locale.ROOT,
        "Layer %d, %s, takes %.0f %%.",
        most.work().index(),
        most.work().name(),
        100 * share);
  }

  /// A row for each energy of a bit of the weights' memory.
  TextTable sweepMemory(int samples, MemoryRange range, ObjectNode json) {
    TextTable table = table("pJ/bit", "gain");
    ArrayNode curve = json.putArray("curve");
    for (Workload workload : workloads) {
      for (MemoryPoint point :
          model.sweepWeightMemory(workload, samples, range.from(), range.to(), range.step())) {
        double perBit = point.perBit().picojoules();
        ObjectNode node = node(curve, workload).put("memoryPicojoulesPerBit", perBit);
        add(table, workload, String.format(Locale.ROOT, "%.4g", perBit), point.point(), node);
      }
    }
    return table.before(gains(samples, "%s pJ/bit", table));
  }

  /// A row for each number of bits of a weight.
  TextTable sweepBits(int samples, IntegerRange range, ObjectNode json) {
    TextTable table = table("b_w", "gain");
    ArrayNode curve = json.putArray("curve");
    for (Workload workload : workloads) {
      for (int bits : range.values()) {
        BitsPoint point = model.sweepWeightBits(workload, samples, bits, bits).getFirst();
        ObjectNode node = node(curve, workload).put("weightBits", bits);
        add(table, workload, String.valueOf(bits), point.point(), node);
      }
    }
    return table.before(gains(samples, "b_w = %s", table));
  }

  /// A row for each fan-in of the elementary operation.
  ///
  /// @throws IllegalArgumentException if there is no one kind of hidden neuron
  TextTable sweepFanIn(int samples, IntegerRange range, ObjectNode json) {
    Workload workload = workloads.getFirst();
    Neuron neuron =
        workload
            .hidden()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "--sweep-fan-in is for networks, whose hidden neurons are of one kind"));
    TextTable table = table("n", "gain");
    ArrayNode curve = json.put("neuron", neuron.toString()).putArray("curve");
    new OperationGrid(
            neuron,
            model.convention(),
            List.of(model.technology()),
            List.of(samples),
            List.of(model.convention().widths().weight()),
            range.values())
        .points()
        .forEach(point -> {
          ObjectNode node = node(curve, workload).put("fanIn", point.fanIn());
          EnergyPoint energy = new EnergyPoint(samples, point.energy(), point.gain());
          add(table, workload, String.valueOf(point.fanIn()), energy, node);
        });
    return table.before("One neuron, %s. %s".formatted(neuron, gains(samples, "n = %s", table)));
  }

  /// What a sweep shows, at both ends.
  private static String gains(int samples, String place, TextTable table) {
    List<String> first = table.rows().getFirst();
    List<String> last = table.rows().getLast();
    int column = first.size() - 1;
    int key = table.headings().indexOf("phase") + 1;
    return "Gain at T = %d: %s at %s, %s at %s."
        .formatted(
            samples,
            first.get(column),
            place.formatted(first.get(key)),
            last.get(column),
            place.formatted(last.get(key)));
  }

  private void add(
      TextTable table, Workload workload, String first, EnergyPoint point, ObjectNode node) {
    row(table, workload, first, point.energy(), gain(point));
    put(node.put("samples", point.samples()), workload, point);
  }

  private TextTable table(String first, String... last) {
    List<String> headings = new ArrayList<>();
    if (language) {
      headings.add("phase");
    }
    headings.add(first);
    terms.forEach(term -> headings.add(term.name() + (language ? " J/token" : " nJ")));
    headings.addAll(List.of(last));
    return new TextTable(headings.toArray(String[]::new));
  }

  private void row(
      TextTable table, Workload workload, String first, EnergyTerms energy, String... last) {
    List<Object> cells = new ArrayList<>();
    if (workload instanceof LanguageWork work) {
      cells.add(phase(work));
    }
    cells.add(first);
    terms.forEach(term -> cells.add(cell(workload, term.part().apply(energy))));
    cells.addAll(List.of(last));
    table.row(cells.toArray());
  }

  static String cell(Workload workload, Joules energy) {
    if (workload instanceof LanguageWork work) {
      return String.format(Locale.ROOT, "%.3e", joulesPerToken(work, energy));
    }
    double nanojoules = energy.nanojoules();
    boolean small = nanojoules > 0 && nanojoules < 0.1;
    return String.format(Locale.ROOT, small ? "%.3g" : "%.2f", nanojoules);
  }

  static ObjectNode node(ArrayNode all, Workload workload) {
    ObjectNode node = all.addObject();
    if (workload instanceof LanguageWork work) {
      node.put("phase", phase(work)).put("tokens", work.span().tokens());
    }
    return node;
  }

  private ObjectNode put(ObjectNode node, Workload workload, EnergyTerms energy) {
    terms.forEach(
        term -> node.put(term.name() + "Nanojoules", term.part().apply(energy).nanojoules()));
    if (workload instanceof LanguageWork work) {
      node.put("joulesPerToken", joulesPerToken(work, energy.total()));
    }
    return node;
  }

  private void put(ObjectNode node, Workload workload, EnergyPoint point) {
    put(node, workload, point.energy()).put("gain", point.gain());
  }

  /// What a phase of a language model has beside its points.
  static ObjectNode phase(Workload workload, ObjectNode json) {
    return node(json.withArray("phases"), workload);
  }

  static String amount(Workload workload, Joules energy) {
    return cell(workload, energy) + (workload instanceof LanguageWork ? " J/token" : " nJ");
  }

  private static String phase(LanguageWork work) {
    return work.span().together() ? "prompt" : "generation";
  }

  private static double joulesPerToken(LanguageWork work, Joules energy) {
    return energy.times(1.0 / work.span().tokens()).joules();
  }

  private static String gain(EnergyPoint point) {
    return String.format(Locale.ROOT, "%.3f", point.gain());
  }

  private Bits storage(int samples) {
    return workloads.stream()
        .flatMap(workload -> workload.networks().stream())
        .map(
            network -> ActivationStorage.of(network, samples, model.convention().widths()).atMost())
        .max(Bits::compareTo)
        .orElse(Bits.NONE);
  }
}
