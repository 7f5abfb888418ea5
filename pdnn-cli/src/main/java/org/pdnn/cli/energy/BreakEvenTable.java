package org.pdnn.cli.energy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.pdnn.cli.option.TextTable;
import org.pdnn.energy.BreakEven;
import org.pdnn.energy.BreakEven.Range;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyPoint;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Workload;
import org.pdnn.report.Cell;

/// Where samples stop paying: the largest T, and at each T the weights' memory that decides it.
record BreakEvenTable(EnergyModel model, EnergySubject subject) {

  /// A row for each number of samples.
  TextTable of(List<Integer> samples, ObjectNode json) {
    List<String> headings =
        List.of("T", "gain", "no dearer than the twin, pJ/bit", "weights take half at, pJ/bit");
    TextTable table = table(headings, false);
    TextTable csv = table(headings, true);
    ArrayNode curve = json.putArray("curve");
    List<String> sentences = new ArrayList<>();
    for (Workload workload : subject.workloads()) {
      BreakEven even = new BreakEven(model, workload);
      ObjectNode node = subject.node(workload, json);
      sentences.add(EnergyTable.prefix(workload) + told(even.samples(), node));
      for (int count : samples) {
        EnergyPoint point = model.points(workload, count, count).getFirst();
        Joules half = even.weightsTakeHalf(count);
        ObjectNode row =
            EnergyTable.node(curve, workload)
                .put("samples", count)
                .put("totalNanojoules", point.energy().total().nanojoules())
                .put("gain", point.gain());
        List<Object> cells =
            List.of(
                count,
                Cell.number(point.gain(), "%.3f"),
                memory(even.weightMemory(count), row),
                Cell.number(half.picojoules(), "%.4g"));
        table.row(Stream.concat(EnergyTable.keys(workload, false), cells.stream()).toArray());
        csv.row(Stream.concat(EnergyTable.keys(workload, true), cells.stream()).toArray());
        row.put("weightsTakeHalfPicojoulesPerBit", half.picojoules());
      }
    }
    return table.inCsv(csv).before(String.join("\n", sentences));
  }

  private TextTable table(List<String> headings, boolean csv) {
    return new TextTable(
        Stream.concat(EnergyTable.headings(subject.language(), csv), headings.stream())
            .toArray(String[]::new));
  }

  private static String told(Range<Integer> samples, ObjectNode json) {
    return switch (samples) {
      case Range.Always<Integer> _ -> {
        json.put("breakEven", "always");
        yield "Any number of samples costs no more than the 32-bit deterministic twin.";
      }
      case Range.Never<Integer> _ -> {
        json.put("breakEven", "never");
        yield "Already one sample costs more than the 32-bit deterministic twin.";
      }
      case Range.UpTo<Integer>(Integer most) -> {
        json.put("breakEven", "upTo").put("breakEvenSamples", most);
        yield "Up to T = %d samples cost no more than the 32-bit deterministic twin."
            .formatted(most);
      }
      case Range.From<Integer>(Integer least) ->
          throw new AssertionError("energy rises with T, yet from T = " + least);
    };
  }

  private static String memory(Range<Joules> memory, ObjectNode json) {
    String key = "memoryBreakEven";
    return switch (memory) {
      case Range.Always<Joules> _ -> {
        json.put(key, "always");
        yield "always";
      }
      case Range.Never<Joules> _ -> {
        json.put(key, "never");
        yield "never";
      }
      case Range.UpTo<Joules>(Joules most) -> {
        json.put(key, "upTo").put(key + "PicojoulesPerBit", most.picojoules());
        yield "up to " + number(most);
      }
      case Range.From<Joules>(Joules least) -> {
        json.put(key, "from").put(key + "PicojoulesPerBit", least.picojoules());
        yield "from " + number(least);
      }
    };
  }

  private static String number(Joules perBit) {
    return String.format(Locale.ROOT, "%.4g", perBit.picojoules());
  }
}
