package org.pdnn.cli.energy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.pdnn.cli.energy.EnergyCurve.Row;
import org.pdnn.energy.BreakEven;
import org.pdnn.energy.BreakEven.Range;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Workload;
import org.pdnn.report.Column;
import org.pdnn.report.Document;

/// Where samples stop paying: the largest T, and at each T the weights' memory that decides it.
record BreakEvenAnswer(EnergyModel model, EnergySubject subject) {
  void addTo(Document document, List<Integer> samples) {
    EnergyTable<Row> table =
        new EnergyTable<>(model, new EnergyCurve(model, subject).points(samples))
            .add(Swept.SAMPLES.column(), Row::number)
            .add(Column.kept("totalNanojoules"), row -> row.energy().total().nanojoules())
            .add(EnergyCurve.gain(), Row::gain)
            .add(Column.kept("memoryBreakEven"), row -> name(memory(row)))
            .add(Column.shown("at most the twin's energy"), row -> words(memory(row)))
            .add(
                Column.of("memoryBreakEvenPicojoulesPerBit", "at").in("pJ/bit").as("%.4g"),
                row -> bound(memory(row)))
            .add(
                Column.of("weightsTakeHalfPicojoulesPerBit", "weights take half at")
                    .in("pJ/bit")
                    .as("%.4g"),
                row -> even(row.workload()).weightsTakeHalf(row.samples()).picojoules());
    subject.answer(
        document, workload -> Phase.prefix(workload) + sentence(even(workload).samples()));
    document
        .add(subject.facts(this::facts))
        .add(EnergyFigures.curve(table, Swept.SAMPLES))
        .add(table.table("curve", "All numbers", ""));
  }

  private BreakEven even(Workload workload) {
    return new BreakEven(model, workload);
  }

  private Range<Joules> memory(Row row) {
    return even(row.workload()).weightMemory(row.samples());
  }

  private Map<String, Object> facts(Workload workload) {
    Range<Integer> samples = even(workload).samples();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("breakEven", name(samples));
    if (samples instanceof Range.UpTo<Integer>(Integer most)) {
      facts.put("breakEvenSamples", most);
    }
    return facts;
  }

  private static String sentence(Range<Integer> samples) {
    return switch (samples) {
      case Range.Always<Integer> _ ->
          "Any number of samples costs no more than the 32-bit deterministic twin.";
      case Range.Never<Integer> _ ->
          "Already one sample costs more than the 32-bit deterministic twin.";
      case Range.UpTo<Integer>(Integer most) ->
          "Up to T = %d samples cost no more than the 32-bit deterministic twin.".formatted(most);
      case Range.From<Integer>(Integer least) ->
          throw new AssertionError("energy rises with T, yet from T = " + least);
    };
  }

  /// As files have it.
  private static String name(Range<?> range) {
    return switch (range) {
      case Range.Always<?> _ -> "always";
      case Range.Never<?> _ -> "never";
      case Range.UpTo<?> _ -> "upTo";
      case Range.From<?> _ -> "from";
    };
  }

  private static String words(Range<?> range) {
    return range instanceof Range.UpTo<?> ? "up to" : name(range);
  }

  private static OptionalDouble bound(Range<Joules> memory) {
    return switch (memory) {
      case Range.Always<Joules> _, Range.Never<Joules> _ -> OptionalDouble.empty();
      case Range.UpTo<Joules>(Joules most) -> OptionalDouble.of(most.picojoules());
      case Range.From<Joules>(Joules least) -> OptionalDouble.of(least.picojoules());
    };
  }
}
