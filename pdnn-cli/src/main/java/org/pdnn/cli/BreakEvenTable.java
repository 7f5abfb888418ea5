package org.pdnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pdnn.energy.BreakEven;
import org.pdnn.energy.BreakEven.Range;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyPoint;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Workload;
import org.pdnn.energy.language.LanguageWork;

/// Where samples stop to pay: the largest T, and at each T the weights' memory that decides it.
record BreakEvenTable(EnergyModel model, List<Workload> workloads) {

  /// A row for each number of samples.
  TextTable of(List<Integer> samples, ObjectNode json) {
    TextTable table =
        new TextTable(
            "T", "gain", "no dearer than the twin, pJ/bit", "weights take half at, pJ/bit");
    ArrayNode curve = json.putArray("curve");
    List<String> sentences = new ArrayList<>();
    for (Workload workload : workloads) {
      BreakEven even = new BreakEven(model, workload);
      boolean language = workload instanceof LanguageWork;
      ObjectNode node = language ? EnergyTables.phase(workload, json) : json;
      sentences.add((language ? workload.name() + ": " : "") + told(even.samples(), node));
      for (int count : samples) {
        EnergyPoint point = model.points(workload, count, count).getFirst();
        Joules half = even.weightsTakeHalf(count);
        ObjectNode row =
            EnergyTables.node(curve, workload)
                .put("samples", count)
                .put("totalNanojoules", point.energy().total().nanojoules())
                .put("gain", point.gain());
        table.row(
            count,
            String.format(Locale.ROOT, "%.3f", point.gain()),
            memory(even.weightMemory(count), row),
            number(half));
        row.put("weightsTakeHalfPicojoulesPerBit", half.picojoules());
      }
    }
    return table.before(String.join("\n", sentences));
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
