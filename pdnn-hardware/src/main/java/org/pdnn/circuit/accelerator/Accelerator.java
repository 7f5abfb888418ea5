package org.pdnn.circuit.accelerator;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part;
import org.pdnn.circuit.accelerator.Chain.InputLevels;
import org.pdnn.circuit.element.GeneratorWords;
import org.pdnn.circuit.element.Lfsr;
import org.pdnn.circuit.element.Seeder;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.Readout;
import org.pdnn.integer.Values;
import org.pdnn.integer.WeightFormat;
import org.pdnn.names.Counted;
import org.pdnn.names.Limits;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Place;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;

/// A p-DNN of convolutions and dense layers as a circuit: P elements side by side compute its
/// units, group by group, place by place and layer by layer, as the integer form defines them.
///
/// A host writes an input (`write`), a seed once (`load`), and starts T passes (`start`, `passes`).
/// While `busy` is up, `done` counts the passes, and `total` are the sums of the last layer over
/// them, a cycle after `read_address`: an answer is there after each pass.
public final class Accelerator {
  /// Most elements.
  public static final int MOST_ELEMENTS = 256;

  private final IntegerNetwork network;
  private final Optional<InputLevels> levels;
  private final List<PBitLayer> layers;
  private final WeightLayer last;
  private final Readout readout;
  private final Optional<Neuron> after;
  private final Lfsr generator;
  private final Scheme scheme;
  private final int elements;
  private final Schedule schedule;
  private final Circuit circuit;

  private Accelerator(Chain chain, Lfsr generator, Scheme scheme, int elements) {
    Limits.between("elements", 1, MOST_ELEMENTS, elements);
    require(scheme, generator);
    this.network = chain.network();
    this.levels = chain.levels();
    this.layers = chain.layers();
    this.last = chain.last();
    this.readout = chain.readout();
    this.after = chain.after();
    this.generator = generator;
    this.scheme = scheme;
    this.elements = elements;
    this.schedule = schedule(elements);
    this.circuit = new AcceleratorCircuit(this).circuit();
  }

  private static void require(Scheme scheme, Lfsr generator) {
    if (scheme != Scheme.INDEPENDENT && scheme != Scheme.SCRAMBLED) {
      throw new IllegalArgumentException(
          "an accelerator has no circuit for %s passes; use independent or scrambled ones"
              .formatted(scheme));
    }
    if (scheme == Scheme.SCRAMBLED && generator.bits() < Integer.SIZE) {
      throw new IllegalArgumentException(
          "scrambled passes take %s coins of a word, and registers of %s bits have fewer; use lfsr32"
              .formatted(Scheme.SCRAMBLED_BLOCK - 1, generator.bits()));
    }
  }

  /// The accelerator of a network, with independent passes.
  ///
  /// @param generator of each element, a shift at a time
  /// @param elements P, 1 to 256
  /// @throws IllegalArgumentException naming the layer that has no circuit, and what would
  public static Accelerator of(
      Network network, WeightFormat weights, InputGrid grid, Lfsr generator, int elements) {
    return of(network, weights, grid, generator, Scheme.INDEPENDENT, elements);
  }

  /// The same with other passes.
  ///
  /// @param scheme `INDEPENDENT` or, with registers of 32 bits, `SCRAMBLED`
  public static Accelerator of(
      Network network,
      WeightFormat weights,
      InputGrid grid,
      Lfsr generator,
      Scheme scheme,
      int elements) {
    return new Accelerator(Chain.of(network, weights, grid), generator, scheme, elements);
  }

  /// The network in integers that it computes, to the sums of the last layer of weights.
  public IntegerNetwork network() {
    return network;
  }

  public Lfsr generator() {
    return generator;
  }

  /// P.
  public int elements() {
    return elements;
  }

  public Schedule schedule() {
    return schedule;
  }

  /// What would happen when with another P.
  public Schedule schedule(int otherElements) {
    return Schedule.of(layers, last, otherElements, generator.bits());
  }

  /// The circuit.
  public Circuit circuit() {
    return circuit;
  }

  /// An input as it is written: in integers, in the order of units.
  public int[] codes(float[] input) {
    Values values = network.values(Place.INPUT);
    int[] codes = new int[input.length];
    for (int i = 0; i < codes.length; i++) {
      int unit = values.unit(i);
      int code = network.grid().code(input[i]);
      codes[unit] = levels.map(each -> each.level(unit, code)).orElse(code);
    }
    return codes;
  }

  /// What a byte of the input stands for, in words.
  String input() {
    InputGrid grid = network.grid();
    if (levels.isPresent()) {
      return "the level, from 0, of the neuron before the first layer, which is the host's; of a sign"
          + " 1 above 0, else 0";
    }
    return grid.equals(InputGrid.PIXELS)
        ? "a pixel of 0 to 255"
        : "a value x of the network's input as x / %s + %s, rounded"
            .formatted(grid.step(), grid.zero());
  }

  /// The neurons that a host applies to each pass's logits, if the network has some at its end.
  public Optional<Neuron> after() {
    return after;
  }

  /// The state to load for a seed of everything random.
  public int start(long seed) {
    return generator.register().start(Philox.forPurpose(seed, "lfsr").word(0, 0, 0, 0));
  }

  /// How passes share randomness.
  public Scheme scheme() {
    return scheme;
  }

  /// The words that its generators give, by address, of which the scheme makes those of passes.
  /// Input 0 is that of the first start after the seed was loaded; each has the same number of
  /// passes.
  public RandomWords words(int seed, int passes) {
    return generatorWords(seed, scheme.draws(passes));
  }

  private GeneratorWords generatorWords(int seed, int draws) {
    List<GeneratorWords.Turn> turns =
        layers.stream()
            .map(layer -> {
              int index = layers.indexOf(layer) + 1;
              Step step = schedule.steps().get(index);
              return new GeneratorWords.Turn(
                  layer.address(), step.scan().pixels(), step.channels(), step.slots());
            })
            .toList();
    return new GeneratorWords(generator.register(), first(seed), elements, turns, draws);
  }

  Seeder seeder() {
    OptionalLong coins =
        scrambled() ? OptionalLong.of(generatorWords(1, 1).shiftsOfDraw()) : OptionalLong.empty();
    return new Seeder(generator.register(), elements, coins);
  }

  boolean scrambled() {
    return scheme == Scheme.SCRAMBLED;
  }

  /// The state that a seed starts the first generator with: its lowest bits, and 1 in place of 0.
  private int first(int seed) {
    int state = seed & (int) Expression.mask(generator.bits());
    return state == 0 ? 1 : state;
  }

  List<PBitLayer> layers() {
    return layers;
  }

  List<WeightLayer> weightLayers() {
    return Stream.concat(layers.stream().map(PBitLayer::weights), Stream.of(last)).toList();
  }

  Element element() {
    int weightBits = weightLayers().stream().mapToInt(WeightLayer::weightBits).max().orElseThrow();
    return new Element(weightBits, sumBits(), generator, scrambled());
  }

  /// What layers read.
  ///
  /// @param placeBits bits of the number of a unit that is written
  Activations activations(int placeBits) {
    return new Activations(
        schedule, network.values(Place.INPUT).units(), placeBits, Mask.bits(weightLayers()));
  }

  Parameters parameters() {
    return new Parameters(layers);
  }

  /// Values of an input.
  int inputs() {
    return network.values(Place.INPUT).units();
  }

  /// Bits of a sum: of the layer that needs most, from its weights.
  public int sumBits() {
    return Math.max(
        weightLayers().stream().mapToInt(WeightLayer::sumBits).max().orElseThrow(),
        weightLayers().stream().mapToInt(WeightLayer::weightBits).max().orElseThrow());
  }

  /// Bits of a sum over all passes that the register of T can ask for.
  public int totalBits() {
    return last.sumBits() + Sequencer.PASS_BITS;
  }

  /// Bits of all memories.
  public long memoryBits() {
    return memories("", circuit()).values().stream()
        .mapToLong(memory -> (long) memory.contents().size() * memory.width())
        .sum();
  }

  /// All memories by their paths, once for each time that they stand in the circuit.
  ///
  /// @param path that of the circuit, with a dot after it
  static SequencedMap<String, Part.Memory> memories(String path, Circuit circuit) {
    SequencedMap<String, Part.Memory> found = new LinkedHashMap<>();
    for (Part part : circuit.parts()) {
      switch (part) {
        case Part.Memory memory -> found.put(path + memory.name(), memory);
        case Part.Instance instance ->
            found.putAll(memories(path + instance.name() + ".", instance.circuit()));
        case Part.Wire _, Part.Register _, Part.Note _ -> {}
      }
    }
    return found;
  }

  /// Units of the widest layer, at a place of its kernel: more elements than these have no work.
  public int mostUnits() {
    return weightLayers().stream().mapToInt(WeightLayer::outputs).max().orElseThrow();
  }

  /// The layer of most weights.
  String widestLayer() {
    return weightLayers().stream()
        .max(Comparator.comparingLong(layer -> (long) layer.outputs() * layer.terms()))
        .map(WeightLayer::name)
        .orElseThrow();
  }

  /// What the mean sum of an output is multiplied by.
  double scale(int output) {
    return readout.scale(output);
  }

  /// What is added then.
  double bias(int output) {
    return readout.bias(0, output);
  }

  String summary() {
    return "A p-DNN of %s and %s, %s side by side."
        .formatted(
            Counted.of(inputs(), "input"),
            Counted.of(weightLayers().size(), "layer"),
            Counted.of(elements, "element"));
  }
}
