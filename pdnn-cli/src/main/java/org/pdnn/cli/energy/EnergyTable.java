package org.pdnn.cli.energy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.pdnn.cli.option.TextTable;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyTerms;
import org.pdnn.energy.EnergyUnit;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Operation;
import org.pdnn.energy.Workload;
import org.pdnn.energy.language.LanguageWork;
import org.pdnn.report.Cell;

/// Energies by row and term: in JSON in nJ, in CSV in nJ or mJ/token, both in full; in text a
/// network's in the unit that fits the largest, a language model's in mJ/token.
final class EnergyTable {
  /// A part of an energy, as `weights nJ` in text and `weightsNanojoules` in JSON.
  private record Term(String name, Function<EnergyTerms, Joules> part) {}

  /// @param energy of a token, for a language model
  private record Row(Workload workload, List<?> first, EnergyTerms energy, List<?> last) {}

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
  void row(Workload workload, List<?> first, EnergyTerms energy, List<?> last, ObjectNode node) {
    double share = 1.0 / tokens(workload);
    rows.add(new Row(workload, first, energy.times(share), last));
    terms.forEach(term -> node.put(term.name + "Nanojoules", term.part.apply(energy).nanojoules()));
    if (language) {
      node.put("joulesPerToken", energy.total().times(share).joules());
    }
  }

  /// The table, in CSV with its own unit and keys.
  TextTable text() {
    return table(unit(), false)
        .inCsv(table(language ? EnergyUnit.MILLIJOULE : EnergyUnit.NANOJOULE, true));
  }

  private TextTable table(EnergyUnit unit, boolean csv) {
    String each = " " + unit.symbol() + (language ? "/token" : "");
    TextTable table =
        new TextTable(
            Stream.of(
                    headings(language, csv),
                    first.stream(),
                    terms.stream().map(term -> term.name + each),
                    last.stream())
                .flatMap(Function.identity())
                .toArray(String[]::new));
    for (Row row : rows) {
      table.row(
          Stream.of(
                  keys(row.workload, csv),
                  row.first.stream(),
                  terms.stream().map(term -> cell(unit, term.part.apply(row.energy))),
                  row.last.stream())
              .flatMap(Function.identity())
              .toArray());
    }
    return table;
  }

  private EnergyUnit unit() {
    return language
        ? EnergyUnit.MILLIJOULE
        : EnergyUnit.of(
            rows.stream()
                .map(row -> row.energy.total())
                .max(Joules::compareTo)
                .orElse(Joules.ZERO));
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

  private Cell cell(EnergyUnit unit, Joules energy) {
    return new Cell.Shown(unit.count(energy), number(unit, energy));
  }

  private String number(EnergyUnit unit, Joules energy) {
    double value = unit.count(energy);
    boolean small = value > 0 && value < 0.1;
    return language ? digits(value) : String.format(Locale.ROOT, small ? "%.3g" : "%.2f", value);
  }

  /// Four significant digits, more before the point if there are more.
  private static String digits(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, value < 9999.5 ? "%.4g" : "%.0f", value);
  }

  /// A node for a row, with the phase of a language model.
  static ObjectNode node(ArrayNode all, Workload workload) {
    ObjectNode node = all.addObject();
    phase(workload).forEach(phase -> node.put("phase", phase).put("tokens", tokens(workload)));
    return node;
  }

  /// What rows begin with for a language model: the phase; in CSV, what it was priced for, too.
  static Stream<String> headings(boolean language, boolean csv) {
    return Stream.of("phase", "tokens", "batch").limit(language ? csv ? 3 : 1 : 0);
  }

  /// The cells below [#headings].
  static Stream<Object> keys(Workload workload, boolean csv) {
    return workload instanceof LanguageWork work
        ? Stream.of(phase(work).findFirst().orElseThrow(), tokens(work), work.batch())
            .map(Object.class::cast)
            .limit(csv ? 3 : 1)
        : Stream.of();
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
