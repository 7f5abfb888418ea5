package org.pdnn.sampling;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.Rows.Wanted;
import org.pdnn.sampling.pbits.PBitKernels;
import org.pdnn.sampling.pbits.PBits;
import org.pdnn.sums.Sums;
import org.pdnn.sums.SumsChoice;

/// The sampled inference engine: all T passes of a block of inputs through a network in integers,
/// equal to [IntegerReference] bit for bit.
///
/// Sums are exact products of bytes ([Sums]), p-bits fire in vectors ([PBits]). What does not
/// depend on a draw is computed once for each input. Passes of images go together a few at a time,
/// so that their sums stay in the second cache; those of vectors up to 640 at a time. Memory: a
/// byte a weight, shared by samplers made by [#fork]; and for each sampler a byte for each value of
/// as many passes, two bytes for each p-bit of the first layer of up to 64 inputs, and the words of
/// an input.
public final class IntegerSampler implements Sampler {
  /// Inputs that go through the network together.
  public static final int MOST_INPUTS = 64;

  private final IntegerNetwork network;
  private final Run run;
  private final Expectations expectations;
  private final PBits pbits;
  private final IntegerProgram program;

  /// Grown when a block needs more.
  private @Nullable IntegerMachine machine;

  /// An engine with the fastest sums and p-bits of this machine.
  ///
  /// @throws IllegalArgumentException if the run averages layer by layer, or wants expectations
  ///   that the network cannot hand on
  public IntegerSampler(IntegerNetwork network, Run run) {
    this(network, run, SumsChoice.chosen(), PBitKernels.chosen());
  }

  IntegerSampler(IntegerNetwork network, Run run, Sums sums, PBits pbits) {
    this(network, run, Expectations.of(network, run), pbits, new IntegerProgram(network, sums));
  }

  private IntegerSampler(
      IntegerNetwork network,
      Run run,
      Expectations expectations,
      PBits pbits,
      IntegerProgram program) {
    this.network = network;
    this.run = run;
    this.expectations = expectations;
    this.pbits = pbits;
    this.program = program;
  }

  @Override
  public Run run() {
    return run;
  }

  @Override
  public boolean random() {
    return network.random();
  }

  /// Another sampler of the same network and run for another thread, sharing the weights.
  @Override
  public IntegerSampler fork() {
    return new IntegerSampler(network, run, expectations, pbits, program);
  }

  /// The same network with another run, sharing the weights.
  public IntegerSampler fork(Run other) {
    return new IntegerSampler(network, other, Expectations.of(network, other), pbits, program);
  }

  @Override
  public double[][] passes(float[] input, long index, RandomWords words) {
    return passes(new float[][] {input}, index, words)[0];
  }

  @Override
  public double[][][] passes(float[][] inputs, long[] inputAddresses, RandomWords words) {
    double[][][] outputs = new double[inputs.length][passes()][];
    if (inputs.length == 0) {
      return outputs;
    }
    IntegerMachine ready = machine(Math.min(inputs.length, MOST_INPUTS));
    for (int at = 0; at < inputs.length; at += MOST_INPUTS) {
      int end = Math.min(inputs.length, at + MOST_INPUTS);
      int[] slots = IntStream.range(0, end - at).toArray();
      ready.begin(Arrays.copyOfRange(inputs, at, end), slots);
      if (random()) {
        long[] addresses = Arrays.copyOfRange(inputAddresses, at, end);
        Wanted wanted = new Wanted(slots, new int[end - at], addresses);
        ready.run(wanted, words, passes(), Arrays.copyOfRange(outputs, at, end));
      } else {
        for (int slot : slots) {
          outputs[at + slot][0] = ready.sharedOutput(slot);
        }
      }
    }
    return outputs;
  }

  private int passes() {
    return random() ? run.samples() : 1;
  }

  @Override
  public Session session(RandomWords words, int most) {
    return new IntegerSession(machine(most), words, most, run.samples());
  }

  @Override
  public int together() {
    return MOST_INPUTS;
  }

  private IntegerMachine machine(int inputs) {
    if (inputs > MOST_INPUTS) {
      throw new IllegalArgumentException(
          "at most %s inputs go together, got %s".formatted(MOST_INPUTS, inputs));
    }
    int rows = (int) Math.min(IntegerMemory.MOST_ROWS, (long) inputs * passes());
    IntegerMachine ready = machine;
    if (ready == null || !ready.holds(inputs, rows)) {
      ready = new IntegerMachine(program, pbits, run, expectations, inputs, rows);
      machine = ready;
    }
    return ready;
  }
}
