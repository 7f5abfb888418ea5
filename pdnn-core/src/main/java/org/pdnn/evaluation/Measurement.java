package org.pdnn.evaluation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Sampler;
import org.pdnn.sampling.Workers;

/// One evaluation of one network. Each block of inputs is run with all noise seeds and counted at
/// once, so that memory grows with the inputs by two numbers per point, and a class and some bits
/// per seed.
final class Measurement {
  private final Evaluation evaluation;
  private final Precision precision;
  private final LabelledInputs inputs;
  private final int inputSize;
  private final Sampler twin;
  private final List<SampledPoints> sampled;

  /// One pass of bits, if the run's own passes are not such.
  private final Optional<Sampler> bitPass;

  private final List<RandomWords> words;

  /// By point and input: the logit variance of one pass, and of the T-pass average.
  private final double[][] passVariances;

  private final double[][] averageVariances;

  /// The class of each input at the largest T, by noise seed.
  private final int[][] chosen;

  /// A run and the points that are read off it: every T of its passes' prefixes.
  private record SampledPoints(Sampler sampler, List<Integer> points) {}

  /// What one point and noise seed came to.
  ///
  /// @param right the inputs that were classified correctly
  private record Count(Tally tally, BitSet right) {
    Count() {
      this(new Tally(), new BitSet());
    }

    void add(double[] probabilities, int chosen, int index, int label, int twin) {
      tally.add(probabilities, chosen, label, twin);
      right.set(index, chosen == label);
    }

    void merge(Count other) {
      tally.merge(other.tally);
      right.or(other.right);
    }
  }

  /// Passes of bits that tell the variance of one, where the run's own passes hand on expectations.
  private static final int BIT_PASSES = 4;

  Measurement(
      Evaluation evaluation,
      Network network,
      Precision precision,
      LabelledInputs inputs,
      LongFunction<RandomWords> randomness) {
    this.evaluation = evaluation;
    this.precision = precision;
    this.inputs = inputs;
    this.inputSize = network.input().size();
    this.twin = precision.sampler(network.deterministicTwin(), Run.of(1));
    this.sampled = network.random() ? sampled(evaluation, network, precision) : List.of();
    this.bitPass =
        evaluation.last() == LastHidden.EXPECTATION && network.random()
            ? Optional.of(precision.sampler(network, evaluation.bits(BIT_PASSES)))
            : Optional.empty();
    this.words =
        IntStream.range(0, evaluation.seeds())
            .mapToObj(k -> randomness.apply(evaluation.noiseSeed(k)))
            .toList();
    boolean varies =
        network.random() && evaluation.seeds() > 1 && evaluation.averaging() == Averaging.END;
    int points = evaluation.samples().size();
    this.passVariances = new double[points][varies ? inputs.count() : 0];
    this.averageVariances = new double[points][varies ? inputs.count() : 0];
    this.chosen = new int[network.random() ? evaluation.seeds() : 1][inputs.count()];
  }

  private static List<SampledPoints> sampled(
      Evaluation evaluation, Network network, Precision precision) {
    List<Integer> samples = evaluation.samples();
    List<Integer> points = IntStream.range(0, samples.size()).boxed().toList();
    Run longest = evaluation.run(samples.getLast());
    if (longest.anytime()) {
      return List.of(new SampledPoints(precision.sampler(network, longest), points));
    }
    return points.stream()
        .map(point ->
            new SampledPoints(
                precision.sampler(network, evaluation.run(samples.get(point))), List.of(point)))
        .toList();
  }

  Measured run(int threads, IntConsumer progress) {
    List<Worker> workers = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger done = new AtomicInteger();
    int block = evaluation.block(precision);
    Workers.forEach(
        Math.ceilDiv(inputs.count(), block),
        threads,
        () -> {
          Worker worker = new Worker();
          workers.add(worker);
          return number -> {
            int from = number * block;
            int to = Math.min(inputs.count(), from + block);
            worker.run(from, to);
            progress.accept(done.addAndGet(to - from));
          };
        });
    Worker all = workers.removeFirst();
    workers.forEach(all::merge);
    return new Measured(
        curve(all),
        sampled.isEmpty()
            ? List.of(correctness(List.of(all.exact)))
            : all.noisy.stream().map(this::correctness).toList(),
        correctness(List.of(all.exact)),
        new Confusion(inputs, chosen));
  }

  private Correctness correctness(List<Count> seeds) {
    return new Correctness(inputs.count(), seeds.stream().map(Count::right).toList());
  }

  private Curve curve(Worker all) {
    CurvePoint deterministic = CurvePoint.deterministic(all.exact.tally());
    if (sampled.isEmpty()) {
      return new Curve(List.of(deterministic), deterministic);
    }
    List<CurvePoint> points = new ArrayList<>();
    for (int point = 0; point < evaluation.samples().size(); point++) {
      points.add(
          CurvePoint.of(
              evaluation.samples().get(point),
              Optional.of(evaluation.scheme()),
              all.noisy.get(point).stream().map(Count::tally).toList(),
              EquivalentSamples.estimate(passVariances[point], averageVariances[point])));
    }
    return new Curve(points, deterministic);
  }

  /// What one thread has counted, and its scratch memory.
  private final class Worker {
    private final Sampler ownTwin = twin.fork();
    private final List<SampledPoints> own =
        sampled.stream().map(r -> new SampledPoints(r.sampler().fork(), r.points())).toList();
    private final Optional<Sampler> ownBitPass = bitPass.map(Sampler::fork);
    private final Count exact = new Count();

    /// By point and seed.
    private final List<List<Count>> noisy =
        evaluation.samples().stream()
            .map(count -> words.stream().map(seed -> new Count()).toList())
            .toList();

    /// Runs a block of inputs.
    void run(int from, int to) {
      float[][] block = inputs.read(from, to, inputSize);
      int[] labels = new int[block.length];
      int[] twinClasses = new int[block.length];
      for (int i = 0; i < block.length; i++) {
        double[][] pass = ownTwin.passes(block[i], from + i, words.getFirst());
        double[] output = average(pass, 1, from + i);
        labels[i] = LabelledInputs.label(inputs, from + i, output.length);
        twinClasses[i] = Outputs.argmax(output);
        if (own.isEmpty()) {
          chosen[0][from + i] = twinClasses[i];
        }
        count(exact, output, from + i, labels[i], twinClasses[i]);
      }
      double[][][][] bits = new double[0][][][];
      if (ownBitPass.isPresent()) {
        bits = passes(ownBitPass.get(), block, from);
      }
      for (SampledPoints readout : own) {
        double[][][][] passes = passes(readout.sampler(), block, from);
        for (int i = 0; i < block.length; i++) {
          double[][][] bitPasses = bits.length == 0 ? new double[0][][] : bits[i];
          read(readout, passes[i], bitPasses, from + i, labels[i], twinClasses[i]);
        }
      }
    }

    /// By input of the block, noise seed, pass and output.
    private double[][][][] passes(Sampler sampler, float[][] block, int from) {
      double[][][][] passes = new double[block.length][words.size()][][];
      for (int seed = 0; seed < words.size(); seed++) {
        double[][][] ofSeed = sampler.passes(block, from, words.get(seed));
        for (int i = 0; i < block.length; i++) {
          passes[i][seed] = ofSeed[i];
        }
      }
      return passes;
    }

    /// Reads every T off the passes of one input.
    ///
    /// @param passes by noise seed
    /// @param bits passes of bits that tell the variance of one; empty if `passes` do
    private void read(
        SampledPoints readout,
        double[][][] passes,
        double[][][] bits,
        int index,
        int label,
        int twin) {
      for (int point : readout.points()) {
        // A run that averages layer by layer has a single row, whatever T is.
        int rows = Math.min(evaluation.samples().get(point), passes[0].length);
        for (int seed = 0; seed < passes.length; seed++) {
          double[] average = average(passes[seed], rows, index);
          count(noisy.get(point).get(seed), average, index, label, twin);
          if (point == noisy.size() - 1) {
            chosen[seed][index] = Outputs.argmax(average);
          }
        }
        if (passVariances[point].length > 0) {
          passVariances[point][index] =
              bits.length == 0
                  ? EquivalentSamples.ofPass(passes, rows)
                  : EquivalentSamples.ofPass(bits, BIT_PASSES);
          averageVariances[point][index] = EquivalentSamples.ofAverage(passes, rows);
        }
      }
    }

    private void count(Count count, double[] average, int index, int label, int twinClass) {
      double[] probabilities = evaluation.outputs().probabilities(average);
      count.add(probabilities, Outputs.argmax(average), index, label, twinClass);
    }

    private double[] average(double[][] passes, int rows, int index) {
      double[] average = evaluation.outputs().average(passes, rows);
      for (double value : average) {
        if (!Double.isFinite(value)) {
          throw new IllegalStateException(
              "input %s gives the output %s; the network's weights are too large"
                  .formatted(index, value));
        }
      }
      return average;
    }

    private void merge(Worker other) {
      exact.merge(other.exact);
      for (int point = 0; point < noisy.size(); point++) {
        for (int seed = 0; seed < words.size(); seed++) {
          noisy.get(point).get(seed).merge(other.noisy.get(point).get(seed));
        }
      }
    }
  }
}
