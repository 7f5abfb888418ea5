package org.pdnn.sampling;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pdnn.integer.Affine;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.IntegerNetwork.Node;
import org.pdnn.integer.LevelTable;
import org.pdnn.integer.Threshold;
import org.pdnn.integer.Values;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Place;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.IntegerProgram.Turn;
import org.pdnn.sampling.IntegerRun.Wanted;
import org.pdnn.sampling.pbits.PBits;
import org.pdnn.sums.Product;

/// Runs the nodes of a network in integers, for one thread.
final class IntegerMachine {
  private final IntegerProgram program;
  private final IntegerNetwork network;
  private final IntegerMemory memory;
  private final IntegerNeurons neurons;
  private final boolean expects;

  /// Sums that neurons take in, row by row, and those of the lower bytes of expectations.
  private final MemorySegment sums;

  /// The lower bytes of expectations, for the turn of the p-bits and that of the outputs.
  private final @Nullable Cells lower;

  private final @Nullable Cells lowerRead;

  /// By node and number of rows; those of lower bytes stand last.
  private final @Nullable Product[][] products;

  /// By slot, of a network without randomness.
  private final double[][] sharedOutputs;

  private final long[] found;

  IntegerMachine(IntegerProgram program, PBits pbits, Run run, int inputs, int rows) {
    this.program = program;
    this.network = program.network;
    this.memory = new IntegerMemory(program, inputs, rows);
    this.neurons = new IntegerNeurons(program, pbits, run, memory);
    this.expects = run.last() == LastHidden.EXPECTATION && network.random();
    int nodes = network.nodes().size();
    this.products = new Product[nodes + 1][memory.capacity(program.turn(nodes - 1)) + 1];
    long most = expects ? (long) network.outputs() * products[nodes].length : 0;
    for (int i = 0; i < nodes; i++) {
      int capacity = memory.capacity(program.turn(i));
      products[i] = new Product[capacity + 1];
      if (program.inner(i)) {
        most = Math.max(most, (long) network.values(i).units() * capacity);
      }
    }
    this.sums = memory.bytes(most * Integer.BYTES);
    int last = network.lastPBits();
    this.lower = expects ? memory.like(last, program.turn(last)) : null;
    this.lowerRead =
        expects && memory.isKept(last) ? memory.like(last, program.turn(nodes - 1)) : lower;
    this.sharedOutputs = new double[network.random() ? 0 : inputs][];
    this.found = new long[network.outputs()];
  }

  /// Whether there is memory for so much.
  boolean holds(int inputs, int rows) {
    return memory.holds(inputs, rows);
  }

  /// Computes what all passes of some inputs share.
  ///
  /// @param slots where it is kept
  void begin(float[][] inputs, int[] slots) {
    Wanted wanted = new Wanted(slots, new int[slots.length], new long[slots.length]);
    int together = memory.together(Turn.SHARED);
    for (int first = 0; first < inputs.length; first += together) {
      int count = Math.min(together, inputs.length - first);
      IntegerRun rows = new IntegerRun(wanted, Turn.SHARED, first, count, 0, 1);
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
    Values values = network.values(Place.INPUT);
    long at = cells.at(row);
    for (int i = 0; i < input.length; i++) {
      cells.set(at + values.unit(i), network.grid().code(input[i]));
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
        IntegerRun all =
            new IntegerRun(
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
  private void run(IntegerRun all, double[][][] outputs) {
    Turn last = program.turn(network.nodes().size() - 1);
    int few = memory.together(Turn.FEW);
    int passesAtOnce = Math.min(few, all.passes());
    int inputsAtOnce = few / passesAtOnce;
    for (int input = 0; program.has(Turn.FEW) && input < all.inputs(); input += inputsAtOnce) {
      for (int pass = 0; pass < all.passes(); pass += passesAtOnce) {
        int inputs = Math.min(inputsAtOnce, all.inputs() - input);
        int passes = Math.min(passesAtOnce, all.passes() - pass);
        IntegerRun some = all.part(Turn.FEW, input, inputs, pass, passes);
        runNodes(some);
        keep(some, input * all.passes() + pass);
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

  private void keep(IntegerRun some, int row) {
    memory.keep(Turn.FEW, row, some.rows(), 0);
    if (lower != null && lowerRead != null && lower != lowerRead) {
      lower.copyTo(lowerRead, row, some.rows(), 0);
    }
  }

  private void read(IntegerRun rows, double[][][] outputs) {
    for (int row = 0; row < rows.rows(); row++) {
      outputs[rows.input(row)][rows.done() + row % rows.passes()] = outputs(row);
    }
  }

  private void runNodes(IntegerRun rows) {
    for (int i = 0; i < network.nodes().size(); i++) {
      Node node = network.nodes().get(i);
      if (node.layer() instanceof IntegerLayer.PBits bits) {
        fire(i, bits, rows);
      } else if (program.turn(i) == rows.turn() && !program.inner(i)) {
        run(i, node, rows);
      }
    }
  }

  private void fire(int i, IntegerLayer.PBits bits, IntegerRun rows) {
    boolean once = program.preparedOnce(i);
    if (once && rows.turn() == Turn.SHARED) {
      sumUp(i, rows);
      neurons.prepare(i, bits, rows, sums);
    } else if (program.turn(i) == rows.turn()) {
      if (!once) {
        sumUp(i, rows);
      }
      neurons.fire(i, bits, rows, sums, i == network.lastPBits() ? lower : null);
    }
  }

  /// The sums that neurons take in.
  private void sumUp(int i, IntegerRun rows) {
    int from = network.nodes().get(i).reads().getFirst();
    if (program.inner(from)) {
      Node node = network.nodes().get(from);
      boolean pool = node.layer() instanceof IntegerLayer.Greatest;
      sumUp(pool ? node.reads().getFirst() : from, rows, sums);
    }
  }

  private void sumUp(int linear, IntegerRun rows, MemorySegment target) {
    int from = network.nodes().get(linear).reads().getFirst();
    product(linear, linear, memory.read(from, rows.turn()), rows.rows(), target).run();
  }

  /// @param at where it is kept
  private Product product(int at, int linear, Cells source, int rows, MemorySegment target) {
    int images = IntegerMemory.rounded(rows);
    Product product = products[at][images];
    if (product == null) {
      product = program.packed(linear).product(images, source.memory, target);
      products[at][images] = product;
    }
    return product;
  }

  /// A node other than p-bits.
  private void run(int i, Node node, IntegerRun rows) {
    switch (node.layer()) {
      case IntegerLayer.Linear(var _, Affine affine) -> {
        sumUp(i, rows, memory.own(i).memory);
        for (int row = 0; row < rows.rows(); row++) {
          IntegerRows.Row own = IntegerRows.Row.of(memory.own(i), row);
          IntegerRows.rescale(affine, own, node.values(), own);
        }
      }
      case IntegerLayer.Logits _ -> {
        sumUp(i, rows, memory.own(i).memory);
        if (lowerRead != null) {
          product(products.length - 1, i, lowerRead, rows.rows(), sums).run();
        }
      }
      case IntegerLayer.Levels(LevelTable table) -> {
        sumUp(i, rows);
        neurons.levels(i, table, rows, sums);
      }
      default -> {
        Values in = network.values(node.reads().getFirst());
        for (int row = 0; row < rows.rows(); row++) {
          IntegerRows.compute(
              node, operands(node, rows, row), in, IntegerRows.Row.of(memory.own(i), row));
        }
      }
    }
  }

  private List<IntegerRows.Row> operands(Node node, IntegerRun rows, int row) {
    List<IntegerRows.Row> operands = new ArrayList<>();
    for (int from : node.reads()) {
      boolean shared = program.turn(from) == Turn.SHARED && rows.turn() != Turn.SHARED;
      operands.add(
          IntegerRows.Row.of(memory.read(from, rows.turn()), shared ? rows.slot(row) : row));
    }
    return operands;
  }

  /// The outputs of a row of the last node.
  private double[] outputs(int row) {
    Cells last = memory.own(network.nodes().size() - 1);
    long at = last.at(row);
    for (int unit = 0; unit < found.length; unit++) {
      long value = last.get(at + unit);
      found[unit] = expects ? (value << Byte.SIZE) + sums.getAtIndex(JAVA_INT, at + unit) : value;
    }
    return network.outputs(found, expects ? Threshold.BITS : 0);
  }
}
