package org.pdnn.cli.energy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.pdnn.cli.option.TextTable;
import org.pdnn.cli.option.Values;
import org.pdnn.energy.EnergyBreakdown;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyPoint;
import org.pdnn.energy.Joules;
import org.pdnn.energy.OperationGrid;
import org.pdnn.energy.Workload;
import org.pdnn.network.Neuron;
import org.pdnn.report.Cell;

/// Energies against samples, and against what is swept in their place, as text and as JSON.
final class EnergyAnswers {
  private static final int MOST_FAN_IN = 100_000;
  private static final int MOST_BITS = 64;

  private final EnergyModel model;
  private final EnergySubject subject;

  EnergyAnswers(EnergyModel model, EnergySubject subject) {
    this.model = model;
    this.subject = subject;
  }

  /// A row for each number of samples.
  TextTable curve(List<Integer> samples, LatencyOptions latency, ObjectNode json) {
    List<String> last = new ArrayList<>(List.of("gain"));
    last.addAll(latency.headings());
    EnergyTable table = new EnergyTable(model, subject.language(), List.of("T"), last);
    ArrayNode curve = json.putArray("curve");
    for (Workload workload : subject.workloads()) {
      boolean random = workload.hidden().map(Neuron::random).orElse(true);
      for (int count : samples) {
        EnergyPoint point = model.points(workload, count, count).getFirst();
        ObjectNode node = EnergyTable.node(curve, workload).put("samples", count);
        List<Object> cells = new ArrayList<>(List.of(cell(point)));
        cells.addAll(latency.cells(random ? count : 1, node));
        table.row(workload, List.of(count), point.energy(), cells, node);
        node.put("gain", point.gain());
      }
    }
    List<String> sentences =
        subject.workloads().stream()
            .map(workload -> firstAndFurther(workload, table, json))
            .toList();
    return table.text().before(String.join("\n", sentences));
  }

  /// The first sample pays for the weights, each further one for itself (figure 6b).
  private String firstAndFurther(Workload workload, EnergyTable table, ObjectNode json) {
    EnergyBreakdown energy = model.breakdown(workload);
    Joules first = energy.at(1).total();
    Joules further = energy.furtherSample().total();
    subject
        .node(workload, json)
        .put("firstSampleNanojoules", first.nanojoules())
        .put("furtherSampleNanojoules", further.nanojoules());
    String prefix = EnergyTable.prefix(workload);
    return further.equals(Joules.ZERO)
        ? "%sOne pass %s, whatever T.".formatted(prefix, table.amount(workload, first))
        : "%sFirst sample %s, each further one %s."
            .formatted(prefix, table.amount(workload, first), table.amount(workload, further));
  }

  /// What an energy was swept over, and the energy there.
  private record Swept(BigDecimal value, EnergyPoint point) {}

  /// A row for each energy of a bit of the weights' memory.
  TextTable sweepMemory(int samples, Values perBit, ObjectNode json) {
    return sweep(
        "pJ/bit",
        "%s pJ/bit",
        "memoryPicojoulesPerBit",
        json,
        workload ->
            swept(
                perBit,
                model.sweepWeightMemory(workload, samples, perBit.picojoules()).stream().toList()));
  }

  /// A row for each number of bits of a weight.
  TextTable sweepBits(int samples, Values weightBits, ObjectNode json) {
    List<Integer> bits = weightBits.whole("weight bits", MOST_BITS);
    return sweep(
        "b_w",
        "b_w = %s",
        "weightBits",
        json,
        workload ->
            swept(weightBits, model.sweepWeightBits(workload, samples, bits).stream().toList()));
  }

  /// A row for each fan-in of the elementary operation.
  ///
  /// @throws IllegalArgumentException if there is no one kind of hidden neuron
  TextTable sweepFanIn(int samples, Values fanIn, ObjectNode json) {
    Neuron neuron =
        subject
            .workloads()
            .getFirst()
            .hidden()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "--sweep-fan-in is for networks, whose hidden neurons are of one kind"));
    json.put("neuron", neuron.toString());
    OperationGrid grid =
        new OperationGrid(
            neuron,
            model.convention(),
            List.of(model.technology()),
            List.of(samples),
            List.of(model.convention().widths().weight()),
            fanIn.whole("fan-ins", MOST_FAN_IN));
    List<EnergyPoint> points =
        grid.points().map(point -> new EnergyPoint(samples, point.energy(), point.gain())).toList();
    TextTable table = sweep("n", "n = %s", "fanIn", json, _ -> swept(fanIn, points));
    return table.before("One of them is priced. " + table.before());
  }

  private static List<Swept> swept(Values values, List<EnergyPoint> points) {
    List<Swept> swept = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      swept.add(new Swept(values.all().get(i), points.get(i)));
    }
    return swept;
  }

  /// @param place as a sentence names one of the values
  private TextTable sweep(
      String heading,
      String place,
      String key,
      ObjectNode json,
      Function<Workload, List<Swept>> sweep) {
    EnergyTable table =
        new EnergyTable(model, subject.language(), List.of(heading), List.of("gain"));
    ArrayNode curve = json.putArray("curve");
    List<String> sentences = new ArrayList<>();
    for (Workload workload : subject.workloads()) {
      List<Swept> points = sweep.apply(workload);
      for (Swept one : points) {
        ObjectNode node = EnergyTable.node(curve, workload).put(key, one.value);
        node.put("samples", one.point.samples());
        List<String> label = List.of(one.value.toPlainString());
        table.row(workload, label, one.point.energy(), List.of(cell(one.point)), node);
        node.put("gain", one.point.gain());
      }
      sentences.add(ends(workload, place, points.getFirst(), points.getLast()));
    }
    return table.text().before(String.join("\n", sentences));
  }

  /// What a sweep shows, at both ends.
  private static String ends(Workload workload, String place, Swept first, Swept last) {
    return "%sGain at T = %s: %s at %s, %s at %s."
        .formatted(
            EnergyTable.prefix(workload),
            first.point.samples(),
            gain(first.point),
            place.formatted(first.value.toPlainString()),
            gain(last.point),
            place.formatted(last.value.toPlainString()));
  }

  private static Cell cell(EnergyPoint point) {
    return Cell.number(point.gain(), "%.3f");
  }

  private static String gain(EnergyPoint point) {
    return String.format(java.util.Locale.ROOT, "%.3f", point.gain());
  }
}
