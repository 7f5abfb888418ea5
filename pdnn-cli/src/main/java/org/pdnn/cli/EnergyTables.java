package org.pdnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.pdnn.energy.ActivationStorage;
import org.pdnn.energy.Bits;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyPoint;
import org.pdnn.energy.EnergyTerms;
import org.pdnn.energy.Joules;
import org.pdnn.energy.LayerEnergy;
import org.pdnn.energy.MemoryPoint;
import org.pdnn.energy.Operation;
import org.pdnn.energy.Workload;
import org.pdnn.energy.language.LanguageWork;

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
  TextTable curve(List<Integer> samples, ObjectNode json) {
    TextTable table = table("T", "gain");
    ArrayNode curve = json.putArray("curve");
    for (Workload workload : workloads) {
      for (int count : samples) {
        EnergyPoint point = model.points(workload, count, count).getFirst();
        ObjectNode node = node(curve, workload).put("samples", count);
        row(table, workload, String.valueOf(count), point.energy(), gain(point));
        put(node, workload, point.energy()).put("gain", point.gain());
      }
    }
    return table;
  }

  /// A row for each layer.
  TextTable layers(int samples, ObjectNode json) {
    TextTable table = table("layer");
    json.put("samples", samples);
    ArrayNode all = json.putArray("layers");
    for (Workload workload : workloads) {
      for (LayerEnergy layer : model.breakdown(workload).layers()) {
        EnergyTerms energy = layer.at(samples);
        String name = layer.work().name();
        int index = layer.work().index();
        row(table, workload, index + " " + name, energy);
        put(node(all, workload).put("layer", index).put("name", name), workload, energy);
      }
    }
    Bits storage = storage(samples);
    if (storage.compareTo(Bits.NONE) > 0) {
      json.put("activationMemoryBits", storage.count());
      table.before("Activations of %d samples need at most %s.".formatted(samples, storage));
    }
    return table;
  }

  /// A row for each energy of a bit of the weights' memory.
  TextTable sweep(int samples, MemoryRange range, ObjectNode json) {
    TextTable table = table("pJ/bit", "gain");
    ArrayNode curve = json.putArray("curve");
    for (Workload workload : workloads) {
      for (MemoryPoint point :
          model.sweepWeightMemory(workload, samples, range.from(), range.to(), range.step())) {
        double perBit = point.perBit().picojoules();
        EnergyTerms energy = point.point().energy();
        String first = String.format(Locale.ROOT, "%.4g", perBit);
        row(table, workload, first, energy, gain(point.point()));
        ObjectNode node =
            node(curve, workload).put("memoryPicojoulesPerBit", perBit).put("samples", samples);
        put(node, workload, energy).put("gain", point.point().gain());
      }
    }
    return table;
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

  private static String cell(Workload workload, Joules energy) {
    if (workload instanceof LanguageWork work) {
      return String.format(Locale.ROOT, "%.3e", joulesPerToken(work, energy));
    }
    double nanojoules = energy.nanojoules();
    boolean small = nanojoules > 0 && nanojoules < 0.1;
    return String.format(Locale.ROOT, small ? "%.3g" : "%.2f", nanojoules);
  }

  private static ObjectNode node(ArrayNode all, Workload workload) {
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
