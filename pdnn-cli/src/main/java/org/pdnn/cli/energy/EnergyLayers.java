package org.pdnn.cli.energy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pdnn.cli.option.TextTable;
import org.pdnn.energy.ActivationStorage;
import org.pdnn.energy.BitWidths;
import org.pdnn.energy.Bits;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.Joules;
import org.pdnn.energy.LayerEnergy;
import org.pdnn.energy.LayerSize;
import org.pdnn.energy.Operation;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Work;
import org.pdnn.energy.Workload;
import org.pdnn.report.Cell;

/// `--layers`: what each layer has, does and takes, with one sum that can be checked by hand.
/// Counts of language models are for a token, but for the weights that there are.
record EnergyLayers(EnergyModel model, EnergySubject subject) {
  private static final List<String> COUNTS =
      List.of(
          "layer",
          "MACs%s",
          "weights",
          "neurons%s",
          "weight bits%s",
          "activation bits%s",
          "random words%s");

  /// A row for each layer.
  TextTable of(int samples, ObjectNode json) {
    json.put("samples", samples);
    ArrayNode all = json.putArray("layers");
    String each = subject.language() ? "/token" : "";
    EnergyTable table =
        new EnergyTable(
            model,
            subject.language(),
            COUNTS.stream().map(heading -> heading.formatted(each)).toList(),
            List.of());
    for (Workload workload : subject.workloads()) {
      for (LayerEnergy layer : model.breakdown(workload).layers()) {
        ObjectNode node = EnergyTable.node(all, workload);
        put(node, layer, samples);
        table.row(workload, counts(layer, workload, samples), layer.at(samples), List.of(), node);
      }
    }
    List<String> sentences = new ArrayList<>();
    for (Workload workload : subject.workloads()) {
      sentences.add(dearest(workload, samples, table, subject.node(workload, json)));
    }
    Bits storage = storage(samples);
    if (storage.compareTo(Bits.NONE) > 0) {
      json.put("activationMemoryBits", storage.count());
      sentences.add("At T = %s the activations need at most %s.".formatted(samples, storage));
    }
    int keys = subject.language() ? 2 : 1;
    return table.text().folded(keys, keys + COUNTS.size() - 1).before(String.join("\n", sentences));
  }

  private static void put(ObjectNode node, LayerEnergy layer, int samples) {
    LayerSize size = layer.work().size();
    node.put("layer", layer.work().index())
        .put("name", layer.work().name())
        .put("macs", size.macs())
        .put("weights", size.weights())
        .put("neurons", size.neurons());
    Work work = layer.work().at(samples);
    for (Operation operation : Operation.values()) {
      node.put(key(operation), work.count(operation));
    }
  }

  /// `random words` is `randomWords`.
  private static String key(Operation operation) {
    String words =
        Arrays.stream(operation.noun().split("[ -]"))
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining());
    return Character.toLowerCase(words.charAt(0)) + words.substring(1);
  }

  private static List<Object> counts(LayerEnergy layer, Workload workload, int samples) {
    double share = 1.0 / EnergyTable.tokens(workload);
    LayerSize size = layer.work().size();
    Work work = layer.work().at(samples).times(share);
    return List.of(
        layer.work().index() + " " + layer.work().name(),
        cell(size.macs() * share),
        cell(size.weights()),
        cell(size.neurons() * share),
        cell(work.count(Operation.WEIGHT_BIT)),
        cell(work.count(Operation.ACTIVATION_BIT)),
        cell(work.count(Operation.DRAW)));
  }

  /// The layer that takes most: its counts times the constants.
  private String dearest(Workload workload, int samples, EnergyTable table, ObjectNode node) {
    List<LayerEnergy> layers = model.breakdown(workload).layers();
    Function<LayerEnergy, Joules> total = layer -> layer.at(samples).total();
    LayerEnergy most = Collections.max(layers, Comparator.comparing(total));
    Joules all = layers.stream().map(total).reduce(Joules.ZERO, Joules::plus);
    double share = all.equals(Joules.ZERO) ? 0 : total.apply(most).dividedBy(all);
    double each = 1.0 / EnergyTable.tokens(workload);
    Work work = most.work().at(samples).times(each);
    String sum =
        Arrays.stream(Operation.values())
            .filter(operation -> costs(operation, work, most.technology()))
            .map(operation ->
                product(
                    operation,
                    work,
                    worth(operation, work, most.work().size().macs() * each),
                    most.technology()))
            .collect(Collectors.joining(" + "));
    String worked = "%s = %s".formatted(sum, table.amount(workload, total.apply(most)));
    node.put("worked", worked);
    return String.format(
        Locale.ROOT,
        "%sLayer %d, %s, takes %.0f %% at T = %d.\n  By hand: %s",
        EnergyTable.prefix(workload),
        most.work().index(),
        most.work().name(),
        100 * share,
        samples,
        worked);
  }

  private static boolean costs(Operation operation, Work work, Technology technology) {
    return work.count(operation) > 0 && !technology.cost(operation).equals(Joules.ZERO);
  }

  /// As in `1607680 weight bits x 0.0384 pJ`.
  private static String product(
      Operation operation, Work work, String worth, Technology technology) {
    return "%s %s%s x %s pJ"
        .formatted(
            number(work.count(operation)),
            operation.noun(),
            worth,
            technology.cost(operation).picojoules());
  }

  /// Arithmetic of narrow operands is counted in operations of 32 bits: 16 times 16 bits are worth
  /// a quarter of one.
  private String worth(Operation operation, Work work, double macs) {
    BitWidths widths = model.convention().widths();
    boolean full =
        widths.weight() == BitWidths.FULL.weight()
            && widths.activation() == BitWidths.FULL.activation();
    boolean scaled =
        switch (operation) {
          case MULTIPLY -> !full || work.count(Operation.MULTIPLY) < macs;
          case ADD -> !full;
          case WEIGHT_BIT, ACTIVATION_BIT, ACTIVATE, DRAW, COMPARE, CACHE_BIT, OVERHEAD -> false;
        };
    return scaled && macs > 0
        ? " worth 32 bits (%s per MAC)".formatted(plain(work.count(operation) / macs))
        : "";
  }

  /// Four significant digits without needless zeros: 0.0625.
  private static String plain(double value) {
    return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  private static Cell cell(double count) {
    return new Cell.Shown(count, number(count));
  }

  /// Whole as a rule; a share of an operation keeps its decimals.
  private static String number(double count) {
    boolean whole = count == Math.rint(count) || count >= 1e6;
    return String.format(Locale.ROOT, whole ? "%.0f" : "%.3f", count);
  }

  private Bits storage(int samples) {
    return subject.workloads().stream()
        .flatMap(workload -> workload.networks().stream())
        .map(
            network -> ActivationStorage.of(network, samples, model.convention().widths()).atMost())
        .max(Bits::compareTo)
        .orElse(Bits.NONE);
  }
}
