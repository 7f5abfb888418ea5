package org.pdnn.sampling;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pdnn.integer.Affine;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.IntegerNetwork.Node;
import org.pdnn.integer.LevelTable;
import org.pdnn.integer.Threshold;
import org.pdnn.integer.Values;
import org.pdnn.network.Place;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.IntegerProgram.Turn;
import org.pdnn.sampling.Rows.Wanted;
import org.pdnn.sampling.pbits.PBits;
import org.pdnn.sums.Summation;

/// Runs the nodes of a network in integers, for one thread.
final class IntegerMachine {
  private final IntegerProgram program;
  private final IntegerNetwork network;
  private final IntegerMemory memory;
  private final IntegerNeurons neurons;
  private final Expectations expectations;

  /// Sums that neurons take in, row by row.
  private final MemorySegment sums;

  /// The last sums, where they are of expectations.
  private final @Nullable ExpectedSums expectedSums;

  /// By node and number of rows.
  private final @Nullable Summation[][] summations;

  /// By slot, of a network without randomness.
  private final double[][] sharedOutputs;

  private final long[] found;

  /// Of an input, in its own order.
  private final byte[] codes;

  private final int pixels;

  IntegerMachine(
      IntegerProgram program,
      PBits pbits,
      Run run,
      Expectations expectations,
      int inputs,
      int rows) {
    this.program = program;
    this.network = program.network;
    this.expectations = expectations;
    this.memory = new IntegerMemory(program, expectations, inputs, rows);
    this.neurons = new IntegerNeurons(program, pbits, run, memory);
    int nodes = network.nodes().size();
    this.summations = new Summation[nodes][];
    long most = 0;
    for (int i = 0; i < nodes; i++) {
      int capacity = memory.capacity(program.turn(i));
      summations[i] = new Summation[capacity + 1];
      if (program.inner(i)) {
        most = Math.max(most, (long) network.values(i).units() * capacity);
      }
    }
    this.sums = memory.bytes(most * Integer.BYTES);
    this.sharedOutputs = new double[network.random() ? 0 : inputs][];
    this.found = new long[network.outputs()];
    this.codes = new byte[network.values(Place.INPUT).units()];
    this.pixels = network.values(Place.INPUT).pixels();
    this.expectedSums = expectations.in(nodes - 1) ? expectedSums() : null;
  }

  private ExpectedSums expectedSums() {
    int last = network.nodes().size() - 1;
    Values read = network.values(network.nodes().get(last).reads().getFirst());
    return new ExpectedSums(
        memory,
        read.coding().orElseThrow(),
        read.units(),
        network.outputs(),
        memory.capacity(program.turn(last)));
  }

  /// Whether there is memory for so much.
  boolean holds(int inputs, int rows) {
    return memory.holds(inputs, rows);
  }

  /// Computes what all passes of some inputs share.
  ///
  /// @param slots where it is kept
  void begin(float[][] inputs, int[] slots) {
    neurons.begin(slots);
    Wanted wanted = new Wanted(slots, new int[slots.length], new long[slots.length]);
    int together = memory.together(Turn.SHARED);
    for (int first = 0; first < inputs.length; first += together) {
      int count = Math.min(together, inputs.length - first);
      Rows rows = new Rows(wanted, Turn.SHARED, first, count, 0, 1);
      for (int row = 0; row < count; row++) {
        quantise(inputs[first + row], memory.own(Place.INPUT), row);
      }
      runNodes(rows);
      for (int row = 0; row < count; row++) {
        memory.keep(Turn.SHARED, rows.slot(row), 1, row);
        if (!network.random()) {
          sharedOutputs[rows.slot(row)] = outputs(row);
        }
      }
    }
  }

  private void quantise(float[] input, Cells cells, int row) {
    if (input.length != codes.length) {
      throw new IllegalArgumentException(
          "an input of the network has %s values, got %s".formatted(codes.length, input.length));
    }
    InputGrid grid = network.grid();
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) grid.code(input[i]);
    }
    long at = cells.at(row);
    int channels = codes.length / pixels;
    if (channels == 1 || pixels == 1) {
      MemorySegment.copy(codes, 0, cells.memory, JAVA_BYTE, at, codes.length);
      return;
    }
    for (int i = 0, channel = 0; channel < channels; channel++) {
      for (int pixel = 0; pixel < pixels; pixel++, i++) {
        cells.memory.set(JAVA_BYTE, at + (long) pixel * channels + channel, codes[i]);
      }
    }
  }

  /// The only pass of an input of a network without randomness.
  double[] sharedOutput(int slot) {
    return sharedOutputs[slot].clone();
  }

  /// Runs as many passes of each input that was begun.
  ///
  /// @param outputs by input and pass, to be filled
  void run(Wanted wanted, RandomWords words, int passes, double[][][] outputs) {
    neurons.turnTo(words);
    int rows = memory.together(Turn.MANY);
    int passesAtOnce = Math.min(rows, passes);
    int inputsAtOnce = rows / passesAtOnce;
    int inputs = wanted.inputs();
    for (int first = 0; first < inputs; first += inputsAtOnce) {
      for (int done = 0; done < passes; done += passesAtOnce) {
        Rows all =
            new Rows(
                wanted,
                Turn.MANY,
                first,
                Math.min(inputsAtOnce, inputs - first),
                done,
                Math.min(passesAtOnce, passes - done));
        run(all, outputs);
      }
    }
  }

  /// The nodes of images, for a few rows after the other: all passes of some inputs, or some passes
  /// of one. Then those of vectors.
  private void run(Rows all, double[][][] outputs) {
    Turn last = program.turn(network.nodes().size() - 1);
    int few = memory.together(Turn.FEW);
    int passesAtOnce = Math.min(few, all.passes());
    int inputsAtOnce = few / passesAtOnce;
    for (int input = 0; program.has(Turn.FEW) && input < all.inputs(); input += inputsAtOnce) {
      for (int pass = 0; pass < all.passes(); pass += passesAtOnce) {
        int inputs = Math.min(inputsAtOnce, all.inputs() - input);
        int passes = Math.min(passesAtOnce, all.passes() - pass);
        Rows some = all.part(Turn.FEW, input, inputs, pass, passes);
        runNodes(some);
        memory.keep(Turn.FEW, input * all.passes() + pass, some.count(), 0);
        if (last == Turn.FEW) {
          read(some, outputs);
        }
      }
    }
    if (last == Turn.MANY) {
      runNodes(all);
      read(all, outputs);
    }
  }

  private void read(Rows rows, double[][][] outputs) {
    for (int row = 0; row < rows.count(); row++) {
      outputs[rows.input(row)][rows.done() + row % rows.passes()] = outputs(row);
    }
  }

  private void runNodes(Rows rows) {
    for (int i = 0; i < network.nodes().size(); i++) {
      Node node = network.nodes().get(i);
      if (node.layer() instanceof IntegerLayer.PBits bits) {
        fire(i, bits, rows);
      } else if (program.turn(i) == rows.turn() && !program.inner(i)) {
        run(i, node, rows);
      }
    }
  }

  private void fire(int i, IntegerLayer.PBits bits, Rows rows) {
    boolean once = program.preparedOnce(i);
    if (once && rows.turn() == Turn.SHARED) {
      sumUp(i, rows);
      neurons.prepare(i, bits, rows, sums);
    } else if (program.turn(i) == rows.turn()) {
      if (!once) {
        sumUp(i, rows);
      }
      neurons.fire(i, bits, rows, sums, expectations.in(i));
    }
  }

  /// The sums that neurons take in.
  private void sumUp(int i, Rows rows) {
    int from = network.nodes().get(i).reads().getFirst();
    if (program.inner(from)) {
      Node node = network.nodes().get(from);
      boolean pool = node.layer() instanceof IntegerLayer.Greatest;
      sumUp(pool ? node.reads().getFirst() : from, rows, sums);
    }
  }

  private void sumUp(int linear, Rows rows, MemorySegment target) {
    int from = network.nodes().get(linear).reads().getFirst();
    int images = IntegerMemory.rounded(rows.count());
    Summation summation = summations[linear][images];
    if (summation == null) {
      Cells source = memory.read(from, rows.turn());
      summation = program.packed(linear).summation(images, source.memory, target);
      summations[linear][images] = summation;
    }
    summation.run();
  }

  /// A node other than p-bits.
  private void run(int i, Node node, Rows rows) {
    switch (node.layer()) {
      case IntegerLayer.Linear(var _, Affine affine) -> {
        sumUp(i, rows, memory.own(i).memory);
        for (int row = 0; row < rows.count(); row++) {
          WeightlessLayers.Row own = memory.own(i).row(row);
          WeightlessLayers.rescale(affine, own, node.values(), own);
        }
      }
      case IntegerLayer.Logits _ -> {
        if (expectedSums == null) {
          sumUp(i, rows, memory.own(i).memory);
        } else {
          Cells codes = memory.read(node.reads().getFirst(), rows.turn());
          expectedSums.sumUp(codes, IntegerMemory.rounded(rows.count()), program.packed(i));
        }
      }
      case IntegerLayer.Levels(LevelTable table) -> {
        sumUp(i, rows);
        neurons.levels(i, table, rows, sums);
      }
      default -> {
        Values in = network.values(node.reads().getFirst());
        for (int row = 0; row < rows.count(); row++) {
          WeightlessLayers.compute(node, operands(i, node, rows, row), in, memory.own(i).row(row));
        }
      }
    }
  }

  private List<Cells.Row> operands(int i, Node node, Rows rows, int row) {
    List<Cells.Row> operands = new ArrayList<>();
    for (int from : node.reads()) {
      boolean shared = program.turn(from) == Turn.SHARED && rows.turn() != Turn.SHARED;
      Cells cells = memory.read(from, rows.turn());
      long at = cells.at(shared ? rows.slot(row) : row);
      operands.add(new Cells.Row(cells, at, expectations.shift(from, i)));
    }
    return operands;
  }

  /// The outputs of a row of the last node.
  private double[] outputs(int row) {
    Cells last = memory.own(network.nodes().size() - 1);
    long at = last.at(row);
    for (int unit = 0; unit < found.length; unit++) {
      found[unit] = expectedSums == null ? last.get(at + unit) : expectedSums.get(at + unit);
    }
    return network.outputs(found, expectedSums == null ? 0 : Threshold.BITS);
  }
}
