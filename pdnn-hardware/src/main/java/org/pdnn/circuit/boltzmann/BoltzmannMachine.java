package org.pdnn.circuit.boltzmann;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Wiring;
import org.pdnn.circuit.element.GeneratorWords;
import org.pdnn.circuit.element.Lfsr;
import org.pdnn.circuit.element.PBitElement;
import org.pdnn.circuit.element.Probability;
import org.pdnn.circuit.element.SelectiveAccumulator;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.dynamics.HeatBath;
import org.pdnn.ising.dynamics.Steps;
import org.pdnn.ising.dynamics.UpdateOrder;
import org.pdnn.names.Counted;
import org.pdnn.names.Limits;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// An Ising model at one inverse temperature as a circuit: the p-bit's [PBitElement] with symmetric
/// weights and feedback. It computes [HeatBath#sweep] bit for bit, drawing [#words].
///
/// A spin of -1 or +1 is a bit b, m = 2b - 1, so that its input is (h - sum of J) + sum of 2J b: a
/// selective accumulation, with the bias as one more term. Beta stands in the list of the
/// probabilities of all inputs, not in the weights, which stay exact.
///
/// P elements take P spins of one colour at a time (a group), so that no two coupled spins are ever
/// updated together. Spins lie in registers, as elements read P of them in a cycle; each element
/// chooses among those that are neighbours of its own spins.
///
/// A host starts the generators once (`load`, `seed`), and begins reads: `clear` brings all spins
/// down, and `start` lets `sweeps` sweeps follow. While `busy` is up, `left` counts them; then
/// `spin` is that of `read_address`, a cycle later. Without `clear` the last read goes on.
public final class BoltzmannMachine {
  /// Most spins.
  public static final int MOST_SPINS = 1024;

  /// Most elements.
  public static final int MOST_ELEMENTS = 256;

  /// Most sweeps of a start.
  public static final int MOST_SWEEPS = (1 << 24) - 1;

  /// Bits of an element's generator, and the fewest shifts between two of its words.
  private static final int GENERATOR_BITS = 32;

  private final IsingModel model;
  private final UpdateOrder order;
  private final double beta;
  private final Steps steps;
  private final int elements;
  private final List<List<Integer>> groups = new ArrayList<>();
  private final List<Couplings> couplings;
  private final PBitElement element;

  /// With as many elements as the most frequent colour has spins, so that colours are updated at
  /// once, or [#MOST_ELEMENTS].
  ///
  /// @param beta the inverse temperature
  /// @throws IllegalArgumentException as [#of(IsingModel, double, int)]
  public static BoltzmannMachine of(IsingModel model, double beta) {
    UpdateOrder order = UpdateOrder.coloured(model);
    // The greatest colour comes first.
    return new BoltzmannMachine(model, order, beta, Math.min(MOST_ELEMENTS, order.start(1)));
  }

  /// With so many elements.
  ///
  /// @param beta the inverse temperature
  /// @param elements P
  /// @throws IllegalArgumentException if the model is too large, has couplings of three spins, or
  ///   couplings that are no small whole numbers
  public static BoltzmannMachine of(IsingModel model, double beta, int elements) {
    return new BoltzmannMachine(model, UpdateOrder.coloured(model), beta, elements);
  }

  /// @param order whose blocks hold no coupled spins
  BoltzmannMachine(IsingModel model, UpdateOrder order, double beta, int elements) {
    Limits.between("spins of a circuit", 1, MOST_SPINS, model.size());
    Limits.between("elements", 1, MOST_ELEMENTS, elements);
    if (!(beta >= 0 && beta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("beta must be finite and at least 0, got " + beta);
    }
    if (model.triples().count() > 0) {
      throw new IllegalArgumentException(
          "a circuit couples pairs of spins, and this problem couples three in %s"
              .formatted(Counted.of(model.triples().count(), "place")));
    }
    this.model = model;
    this.order = order;
    this.beta = beta;
    this.elements = elements;
    this.steps =
        Steps.of(model)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "a circuit has whole couplings and fields, at most %s at a spin together; scale and round them"
                        .formatted(Steps.MOST)));
    for (int block = 0; block < order.blocks(); block++) {
      for (int first = order.start(block); first < order.start(block + 1); first += elements) {
        int end = Math.min(first + elements, order.start(block + 1));
        groups.add(IntStream.range(first, end).map(order::spin).boxed().toList());
      }
    }
    this.couplings =
        IntStream.range(0, elements)
            .mapToObj(each -> Couplings.of(model, steps, groups, terms(), each))
            .toList();
    this.element = element();
  }

  private PBitElement element() {
    int weightBits = couplings.stream().mapToInt(Couplings::weightBits).max().orElseThrow();
    // Two's complement of all inputs.
    int inputs = 1 << (Integer.SIZE - Integer.numberOfLeadingZeros(steps.most()) + 1);
    List<Long> thresholds =
        IntStream.range(0, inputs)
            .map(input -> input < inputs / 2 ? input : input - inputs)
            .mapToObj(input -> HeatBath.bound(2 * beta * (input * steps.unit())) + 1L)
            .toList();
    return new PBitElement(
        new SelectiveAccumulator(terms(), weightBits),
        new Lfsr(GENERATOR_BITS, Math.ceilDiv(GENERATOR_BITS, Math.min(GENERATOR_BITS, terms()))),
        new Probability.Listed(thresholds));
  }

  /// The model.
  public IsingModel model() {
    return model;
  }

  /// The order of updates: colours, and in each its spins.
  public UpdateOrder order() {
    return order;
  }

  /// The inverse temperature.
  public double beta() {
    return beta;
  }

  /// P.
  public int elements() {
    return elements;
  }

  /// The processing element.
  public PBitElement pbit() {
    return element;
  }

  /// Terms of a spin, as many for all: the most neighbours, and the bias.
  public int terms() {
    return 1 + IntStream.range(0, model.size()).map(model::degree).max().orElseThrow();
  }

  /// Bits of a spin's number.
  int addressBits() {
    return Wiring.bits(model.size() - 1L);
  }

  /// Spins that are updated at once, group by group.
  List<List<Integer>> groups() {
    return groups;
  }

  /// What each element reads.
  List<Couplings> couplings() {
    return couplings;
  }

  /// Shifts of a generator between two of its words.
  public int shifts() {
    return terms() * element.generator().leap();
  }

  /// Cycles of a sweep: for each group its terms, a look-up before them, a decision after them, and
  /// the spins' turn.
  public long cyclesOfSweep() {
    return (long) groups.size() * (terms() + MachineCircuit.LATENCY);
  }

  /// The state to load for a seed of everything random.
  public int start(long seed) {
    return element.generator().register().start(Philox.forPurpose(seed, "lfsr").word(0, 0, 0, 0));
  }

  /// The words that its generators give, addressed as [HeatBath] has it: input = read, unit =
  /// position in [#order], sample = sweep. Reads begin with all spins down.
  ///
  /// @param start that was loaded
  /// @param sweeps of each read
  public RandomWords words(int start, int sweeps) {
    List<GeneratorWords.Turn> turns = new ArrayList<>();
    for (int block = 0; block < order.blocks(); block++) {
      turns.add(
          new GeneratorWords.Turn(block, order.start(block + 1) - order.start(block), shifts()));
    }
    return new MachineWords(
        order,
        new GeneratorWords(
            element.generator().register(), start == 0 ? 1 : start, elements, turns, sweeps));
  }

  /// The circuit.
  public Circuit circuit() {
    return new MachineCircuit(this).circuit();
  }

  /// What it is, in a sentence.
  String summary() {
    return "Boltzmann machine of %s in %s at beta %s: %s, %s cycles for a sweep."
        .formatted(
            Counted.of(model.size(), "spin"),
            Counted.of(order.blocks(), "colour"),
            beta,
            Counted.of(elements, "element"),
            cyclesOfSweep());
  }
}
