package org.pdnn.cli.energy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.pdnn.energy.ActivationStorage;
import org.pdnn.energy.BitWidths;
import org.pdnn.energy.Bits;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyTerms;
import org.pdnn.energy.Joules;
import org.pdnn.energy.LayerEnergy;
import org.pdnn.energy.LayerSize;
import org.pdnn.energy.Operation;
import org.pdnn.energy.Work;
import org.pdnn.energy.Workload;
import org.pdnn.report.Column;
import org.pdnn.report.Document;

/// `--layers`: what each layer has, does and takes, with one sum that can be checked by hand.
/// Readers see the counts of a language model for a token, but for the weights that there are.
record EnergyLayers(EnergyModel model, EnergySubject subject, int samples) {
  /// A layer at T samples.
  record Layer(Workload workload, LayerEnergy priced, int samples) implements Priced {
    @Override
    public EnergyTerms energy() {
      return priced.at(samples);
    }

    Joules total() {
      return energy().total();
    }

    LayerSize size() {
      return priced.work().size();
    }

    Work work() {
      return priced.work().at(samples);
    }

    String label() {
      return priced.work().index() + " " + priced.work().name();
    }
  }

  void addTo(Document document) {
    List<Layer> layers =
        subject.workloads().stream().flatMap(workload -> layers(workload).stream()).toList();
    EnergyTable<Layer> table = counted(layers).fold().addEnergies();
    Bits storage = storage();
    boolean stored = storage.compareTo(Bits.NONE) > 0;
    subject.answer(
        document,
        workload ->
            dearest(workload)
                + (stored
                    ? "\nAt T = %s the activations need at most %s.".formatted(samples, storage)
                    : ""));
    document
        .fact("samples", samples)
        .add(subject.facts(workload -> Map.of("worked", worked(dearestOf(workload), table))));
    if (stored) {
      document.fact("activationMemoryBits", storage.count());
    }
    String byHand =
        subject.workloads().stream()
            .map(workload ->
                "%sBy hand, layer %d: %s"
                    .formatted(
                        Phase.prefix(workload),
                        dearestOf(workload).priced.work().index(),
                        worked(dearestOf(workload), table)))
            .collect(Collectors.joining("\n"));
    document
        .add(EnergyFigures.layers(table, samples))
        .add(table.table("layers", "All numbers", byHand));
  }

  private List<Layer> layers(Workload workload) {
    return model.breakdown(workload).layers().stream()
        .map(layer -> new Layer(workload, layer, samples))
        .toList();
  }

  private EnergyTable<Layer> counted(List<Layer> layers) {
    EnergyTable<Layer> table =
        new EnergyTable<>(model, layers)
            .add(Column.shown("layer"), Layer::label)
            .add(Column.kept("layer"), layer -> layer.priced.work().index())
            .add(Column.kept("name"), layer -> layer.priced.work().name())
            .add(Column.kept("samples"), Layer::samples)
            .addCount("macs", "MACs", layer -> layer.size().macs())
            .add(Column.of("weights", "weights").as("%.0f"), layer -> layer.size().weights())
            .addCount("neurons", "neurons", layer -> layer.size().neurons());
    for (Operation operation : Operation.values()) {
      ToDoubleFunction<Layer> count = layer -> layer.work().count(operation);
      switch (operation) {
        case WEIGHT_BIT, ACTIVATION_BIT, DRAW ->
            table.addCount(key(operation), operation.noun(), count);
        case MULTIPLY, ADD, ACTIVATE, COMPARE, CACHE_BIT, OVERHEAD ->
            table.add(Column.kept(key(operation)), count::applyAsDouble);
      }
    }
    return table;
  }

  /// `randomWords` of `random words`.
  private static String key(Operation operation) {
    return Pattern.compile("[ -](.)")
        .matcher(operation.noun())
        .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
  }

  private Layer dearestOf(Workload workload) {
    return Collections.max(layers(workload), Comparator.comparing(Layer::total));
  }

  private String dearest(Workload workload) {
    Layer most = dearestOf(workload);
    Joules all = layers(workload).stream().map(Layer::total).reduce(Joules.ZERO, Joules::plus);
    double share = all.equals(Joules.ZERO) ? 0 : most.total().dividedBy(all);
    return String.format(
        Locale.ROOT,
        "%sLayer %d, %s, takes %.0f %% at T = %d.",
        Phase.prefix(workload),
        most.priced.work().index(),
        most.priced.work().name(),
        100 * share,
        samples);
  }

  /// A layer's counts times the constants.
  private String worked(Layer layer, EnergyTable<Layer> table) {
    double share = Phase.share(layer.workload);
    Work work = layer.work().times(share);
    double macs = layer.size().macs() * share;
    return Arrays.stream(Operation.values())
        .filter(operation ->
            work.count(operation) > 0
                && !layer.priced.technology().cost(operation).equals(Joules.ZERO))
        .map(operation ->
            "%s %s%s x %s pJ"
                .formatted(
                    number(work.count(operation)),
                    operation.noun(),
                    worth(operation, work, macs),
                    layer.priced.technology().cost(operation).picojoules()))
        .collect(
            Collectors.joining(" + ", "", " = " + table.amount(layer.workload, layer.total())));
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

  /// Whole as a rule; a share of an operation keeps its decimals.
  private static String number(double count) {
    boolean whole = count == Math.rint(count) || count >= 1e6;
    return String.format(Locale.ROOT, whole ? "%.0f" : "%.3f", count);
  }

  private Bits storage() {
    return subject.workloads().stream()
        .flatMap(workload -> workload.networks().stream())
        .map(
            network -> ActivationStorage.of(network, samples, model.convention().widths()).atMost())
        .max(Bits::compareTo)
        .orElse(Bits.NONE);
  }
}
