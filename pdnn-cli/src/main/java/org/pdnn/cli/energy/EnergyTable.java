package org.pdnn.cli.energy;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyUnit;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Workload;
import org.pdnn.report.Column;
import org.pdnn.report.Rows;
import org.pdnn.report.Table;

/// Energies by row and term. Files hold those of the whole workload in nJ; readers see a network's
/// in the unit that fits the largest, a language model's in mJ/token.
///
/// @param <R> what a row is about
final class EnergyTable<R extends Priced> {
  /// Decimals that numbers for readers have at least and at most.
  private static final int FEWEST = 2;

  private static final int MOST = 5;

  private final List<R> subjects;
  private final boolean language;
  private final List<EnergyTerm> terms;
  private final EnergyUnit unit;
  private final Rows<R> rows;

  EnergyTable(EnergyModel model, List<R> subjects) {
    this.subjects = List.copyOf(subjects);
    language = Phase.of(subjects.getFirst().workload()).isPresent();
    terms = EnergyTerm.of(model, language);
    unit =
        language
            ? EnergyUnit.MILLIJOULE
            : EnergyUnit.of(
                subjects.stream()
                    .map(subject -> subject.energy().total())
                    .max(Joules::compareTo)
                    .orElse(Joules.ZERO));
    rows = new Rows<>(subjects);
    if (language) {
      rows.add("phase", "phase", row -> Phase.of(row.workload()).map(Phase::name));
      rows.add(Column.kept("tokens"), row -> Phase.of(row.workload()).map(Phase::tokens));
      rows.add(Column.kept("batch"), row -> Phase.of(row.workload()).map(Phase::batch));
    }
  }

  EnergyTable<R> add(Column column, Function<R, ? extends @Nullable Object> value) {
    rows.add(column, value);
    return this;
  }

  /// Adds a count: files hold that of the whole workload, readers see that of a token.
  EnergyTable<R> addCount(String key, String heading, ToDoubleFunction<R> count) {
    ToDoubleFunction<R> shown = row -> count.applyAsDouble(row) * Phase.share(row.workload());
    boolean whole = subjects.stream().mapToDouble(shown).allMatch(n -> n == Math.rint(n));
    rows.add(Column.kept(key), count::applyAsDouble);
    rows.add(
        Column.shown(heading + (language ? "/token" : "")).as(whole ? "%.0f" : "%.1f"),
        shown::applyAsDouble);
    return this;
  }

  /// In text, the columns from here on stand below the others.
  EnergyTable<R> fold() {
    rows.fold(language ? 2 : 1);
    return this;
  }

  /// Adds a column for each term.
  EnergyTable<R> addEnergies() {
    for (EnergyTerm term : terms) {
      ToDoubleFunction<R> shown = row -> shown(row, term);
      rows.add(Column.kept(term.key()), row -> term.of(row.energy()).nanojoules());
      rows.add(
          Column.shown(term.toString())
              .in(symbol())
              .as(format(subjects.stream().mapToDouble(shown))),
          shown::applyAsDouble);
    }
    if (language) {
      rows.add(
          Column.kept("joulesPerToken"),
          row -> row.energy().total().joules() * Phase.share(row.workload()));
    }
    return this;
  }

  Table table(String id, String title, String caption) {
    return rows.table(id, title, caption);
  }

  /// As many decimals as the smallest number needs.
  private static String format(DoubleStream values) {
    double least = values.filter(value -> value > 0).min().orElse(1);
    int decimals = Math.clamp(1 - (long) Math.floor(Math.log10(least)), FEWEST, MOST);
    return "%." + decimals + "f";
  }

  List<R> subjects() {
    return subjects;
  }

  List<EnergyTerm> terms() {
    return terms;
  }

  /// The unit that readers see.
  String symbol() {
    return unit.symbol() + (language ? "/token" : "");
  }

  /// An energy of the whole workload in the unit that readers see.
  double shown(Workload workload, Joules energy) {
    return unit.count(energy) * Phase.share(workload);
  }

  double shown(R row, EnergyTerm term) {
    return shown(row.workload(), term.of(row.energy()));
  }

  /// The same with its unit.
  String amount(Workload workload, Joules energy) {
    double value = shown(workload, energy);
    return String.format(Locale.ROOT, format(DoubleStream.of(value)), value) + " " + symbol();
  }
}
