package org.pdnn.cli.energy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.pdnn.energy.EnergyBreakdown;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyPoint;
import org.pdnn.energy.EnergyTerms;
import org.pdnn.energy.Joules;
import org.pdnn.energy.OperationGrid;
import org.pdnn.energy.Workload;
import org.pdnn.names.Values;
import org.pdnn.network.Neuron;
import org.pdnn.report.Column;
import org.pdnn.report.Document;

/// Energies and gains against samples, or against what is swept in their place.
record EnergyCurve(EnergyModel model, EnergySubject subject) {
  private static final int MOST_FAN_IN = 100_000;
  private static final int MOST_BITS = 64;

  /// @param at a value of what is swept
  record Row(Workload workload, BigDecimal at, EnergyPoint point) implements Priced {
    @Override
    public EnergyTerms energy() {
      return point.energy();
    }

    int samples() {
      return point.samples();
    }

    double gain() {
      return point.gain();
    }

    /// The value on an axis.
    double place() {
      return at.doubleValue();
    }

    /// Passes that are run: one where nothing is random.
    int passes() {
      return workload.hidden().map(Neuron::random).orElse(true) ? samples() : 1;
    }

    /// The value as files hold it.
    Number number() {
      return at.stripTrailingZeros().scale() <= 0 ? at.longValue() : (Number) at.doubleValue();
    }
  }

  /// A point for each number of samples, phase by phase.
  List<Row> points(List<Integer> samples) {
    List<BigDecimal> values = samples.stream().map(BigDecimal::valueOf).toList();
    return points(
        values,
        workload -> samples.stream().map(t -> model.points(workload, t, t).getFirst()).toList());
  }

  private List<Row> points(
      List<BigDecimal> values, Function<Workload, List<EnergyPoint>> energies) {
    List<Row> points = new ArrayList<>();
    for (Workload workload : subject.workloads()) {
      List<EnergyPoint> priced = energies.apply(workload);
      for (int i = 0; i < values.size(); i++) {
        points.add(new Row(workload, values.get(i), priced.get(i)));
      }
    }
    return points;
  }

  /// Against T.
  void samples(Document document, List<Integer> samples, LatencyOptions latency) {
    EnergyTable<Row> table =
        new EnergyTable<>(model, points(samples))
            .add(Swept.SAMPLES.column(), Row::number)
            .addEnergies()
            .add(gain(), Row::gain);
    latency.addTo(table);
    subject.answer(document, workload -> firstAndFurther(workload, table));
    document
        .add(subject.facts(this::firstAndFurther))
        .add(EnergyFigures.curve(table, Swept.SAMPLES));
    latency.figure(table.subjects()).ifPresent(document::add);
    document.add(table.table("curve", "All numbers", ""));
  }

  /// The first sample pays for the weights, each further one for itself (figure 6b).
  private String firstAndFurther(Workload workload, EnergyTable<Row> table) {
    EnergyBreakdown energy = model.breakdown(workload);
    Joules further = energy.furtherSample().total();
    String first = table.amount(workload, energy.at(1).total());
    return Phase.prefix(workload)
        + (further.equals(Joules.ZERO)
            ? "One pass %s, whatever T.".formatted(first)
            : "First sample %s, each further one %s."
                .formatted(first, table.amount(workload, further)));
  }

  private Map<String, Object> firstAndFurther(Workload workload) {
    EnergyBreakdown energy = model.breakdown(workload);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("firstSampleNanojoules", energy.at(1).total().nanojoules());
    facts.put("furtherSampleNanojoules", energy.furtherSample().total().nanojoules());
    return facts;
  }

  /// Against the energy of a bit of the weights' memory.
  void memory(Document document, int samples, Values picojoules) {
    List<Joules> perBit =
        picojoules.all().stream().map(one -> Joules.ofPicojoules(one.doubleValue())).toList();
    sweep(
        document,
        Swept.MEMORY,
        points(picojoules.all(), workload -> model.sweepWeightMemory(workload, samples, perBit)));
  }

  /// Against the bits of a weight.
  void weightBits(Document document, int samples, Values bits) {
    List<Integer> widths = bits.whole("weight bits", MOST_BITS);
    sweep(
        document,
        Swept.WEIGHT_BITS,
        points(bits.all(), workload -> model.sweepWeightBits(workload, samples, widths)));
  }

  /// Against the fan-in of the elementary operation.
  ///
  /// @throws IllegalArgumentException if there is no one kind of hidden neuron
  void fanIn(Document document, int samples, Values fanIn) {
    Neuron neuron =
        subject
            .workloads()
            .getFirst()
            .hidden()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "--sweep-fan-in is for networks, whose hidden neurons are of one kind"));
    OperationGrid grid =
        new OperationGrid(
            neuron,
            model.convention(),
            List.of(model.technology()),
            List.of(samples),
            List.of(model.convention().widths().weight()),
            fanIn.whole("fan-ins", MOST_FAN_IN));
    List<EnergyPoint> priced =
        grid.points().map(point -> new EnergyPoint(samples, point.energy(), point.gain())).toList();
    document.fact("neuron", neuron);
    sweep(document, Swept.FAN_IN, points(fanIn.all(), _ -> priced));
  }

  private void sweep(Document document, Swept swept, List<Row> points) {
    EnergyTable<Row> table =
        new EnergyTable<>(model, points)
            .add(swept.column(), Row::number)
            .add(Column.kept("samples"), Row::samples)
            .addEnergies()
            .add(gain(), Row::gain);
    subject.answer(
        document,
        workload ->
            (swept == Swept.FAN_IN ? "One of them is priced.\n" : "")
                + ends(workload, swept, points));
    document.add(EnergyFigures.curve(table, swept)).add(table.table("curve", "All numbers", ""));
  }

  /// What a sweep shows, at both ends.
  private static String ends(Workload workload, Swept swept, List<Row> points) {
    List<Row> own = points.stream().filter(point -> point.workload.equals(workload)).toList();
    Row first = own.getFirst();
    Row last = own.getLast();
    return String.format(
        Locale.ROOT,
        "%sGain at T = %d: %.3f at %s, %.3f at %s.",
        Phase.prefix(workload),
        first.samples(),
        first.gain(),
        swept.place(first.at),
        last.gain(),
        swept.place(last.at));
  }

  static Column gain() {
    return Column.of("gain", "gain").as("%.3f");
  }
}
