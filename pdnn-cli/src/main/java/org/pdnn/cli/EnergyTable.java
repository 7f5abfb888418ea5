package org.pdnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyTerms;
import org.pdnn.energy.EnergyUnit;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Operation;
import org.pdnn.energy.Workload;
import org.pdnn.energy.language.LanguageWork;

/// Energies by row and term: in one unit as text, in nJ as JSON. Text tells those of language
/// models for a token.
final class EnergyTable {
  /// A part of an energy, as `weights nJ` in text and `weightsNanojoules` in JSON.
  private record Term(String name, Function<EnergyTerms, Joules> part) {}

  /// @param energy of a token, for a language model
  private record Row(List<String> first, EnergyTerms energy, List<String> last) {}

  private final List<String> first;
  private final List<String> last;
  private final boolean language;
  private final List<Term> terms = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  /// @param first headings before the energies
  /// @param last headings after them
  EnergyTable(EnergyModel model, boolean language, List<String> first, List<String> last) {
    this.first = first;
    this.last = last;
    this.language = language;
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

  /// Adds a row, and its energies to the JSON.
  void row(
      Workload workload,
      List<String> first,
      EnergyTerms energy,
      List<String> last,
      ObjectNode node) {
    double share = 1.0 / tokens(workload);
    List<String> labels = Stream.concat(phase(workload), first.stream()).toList();
    rows.add(new Row(labels, energy.times(share), last));
    terms.forEach(term -> node.put(term.name + "Nanojoules", term.part.apply(energy).nanojoules()));
    if (language) {
      node.put("joulesPerToken", energy.total().times(share).joules());
    }
  }

  /// The table, with each energy in the unit that fits the largest.
  TextTable text() {
    EnergyUnit unit = unit();
    String each = " " + unit.symbol() + (language ? "/token" : "");
    TextTable table =
        new TextTable(
            Stream.of(
                    language ? Stream.of("phase") : Stream.<String>of(),
                    first.stream(),
                    terms.stream().map(term -> term.name + each),
                    last.stream())
                .flatMap(Function.identity())
                .toArray(String[]::new));
    for (Row row : rows) {
      table.row(
          Stream.of(
                  row.first.stream(),
                  terms.stream().map(term -> number(unit, term.part.apply(row.energy))),
                  row.last.stream())
              .flatMap(Function.identity())
              .toArray());
    }
    return table;
  }

  private EnergyUnit unit() {
    return EnergyUnit.of(
        rows.stream().map(row -> row.energy.total()).max(Joules::compareTo).orElse(Joules.ZERO));
  }

  /// An energy of the whole workload in the table's unit.
  String amount(Workload workload, Joules energy) {
    EnergyUnit unit = unit();
    return "%s %s%s"
        .formatted(
            number(unit, energy.times(1.0 / tokens(workload))),
            unit.symbol(),
            language ? "/token" : "");
  }

  private static String number(EnergyUnit unit, Joules energy) {
    double value = unit.count(energy);
    boolean small = value > 0 && value < 0.1;
    return String.format(Locale.ROOT, small ? "%.3g" : "%.2f", value);
  }

  /// A node for a row, with the phase of a language model.
  static ObjectNode node(ArrayNode all, Workload workload) {
    ObjectNode node = all.addObject();
    phase(workload).forEach(phase -> node.put("phase", phase).put("tokens", tokens(workload)));
    return node;
  }

  /// Prompt or generation; nothing for a network.
  static Stream<String> phase(Workload workload) {
    return workload instanceof LanguageWork work
        ? Stream.of(work.span().together() ? "prompt" : "generation")
        : Stream.of();
  }

  /// Tokens that an energy is divided among; 1 for a network.
  static int tokens(Workload workload) {
    return workload instanceof LanguageWork work ? work.span().tokens() : 1;
  }

  /// Where a sentence about a phase begins.
  static String prefix(Workload workload) {
    return phase(workload)
        .map(phase -> Character.toUpperCase(phase.charAt(0)) + phase.substring(1) + ": ")
        .findFirst()
        .orElse("");
  }
}
