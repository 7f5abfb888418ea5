package org.pdnn.ising.learning;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.pdnn.names.Limits;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.random.Gaussian;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.Workers;

/// Contrastive divergence: weights follow the mean product of their two bits in the examples, less
/// that in chains, which run a few steps from the examples (CD-k; G. E. Hinton, Neural Computation
/// 14, 2002) or on and on (PCD; T. Tieleman, ICML 2008).
///
/// Visible bits of an example are drawn by its means anew in each epoch; all states are bits, as
/// p-bits have them. Of the last hidden bits the probabilities are counted, which has the same mean
/// and less noise (G. E. Hinton, "A practical guide to training restricted Boltzmann machines",
/// 2010).
///
/// Words are addressed by example and epoch, or by chain and step, and sums have one order, so
/// threads change nothing.
public final class ContrastiveDivergence {
  private static final int DATA = 0;
  private static final int HIDDEN = 1;
  private static final int VISIBLE = 2;

  /// Rows of weights that a thread updates together: a cache line of the transposed ones.
  private static final int ROWS = 16;

  private final Weights weights;
  private final Hyperparameters choices;
  private final Examples examples;
  private final int batch;
  private final int threads;
  private final RandomWords noise;
  private final RandomWords order;
  private final Phase positive;
  private final Phase negative;

  /// An epoch that is done, from which learning goes on.
  ///
  /// @param number from 1; 0 is the beginning
  /// @param rbm what was learnt so far
  /// @param chains the visible bits of persistent chains, (chains, visible); empty at the
  ///   beginning, and of CD
  public record Epoch(int number, Rbm rbm, Optional<Tensor> chains) {
    /// What learning begins with.
    public static Epoch before(Rbm start) {
      return new Epoch(0, start, Optional.empty());
    }
  }

  /// Hears of learning.
  @FunctionalInterface
  public interface Progress {
    /// An epoch is done.
    void epoch(Epoch done);

    /// So many examples of an epoch, from 1, are learnt.
    default void examples(int epoch, int learnt) {}
  }

  private ContrastiveDivergence(
      Rbm start, Hyperparameters choices, Examples examples, int threads) {
    if (examples.visible() != start.visible()) {
      throw new IllegalArgumentException(
          "a machine of %s visible bits cannot learn examples of %s"
              .formatted(start.visible(), examples.visible()));
    }
    this.weights = new Weights(start);
    this.choices = choices;
    this.examples = examples;
    Limits.atLeast("threads", 1, threads);
    Limits.atLeast("examples", 1, examples.count());
    this.threads = threads;
    this.noise = Philox.forPurpose(choices.seed(), "noise");
    this.order = Philox.forPurpose(choices.seed(), "shuffle");
    this.batch = Math.min(choices.batch(), examples.count());
    this.positive = new Phase(batch, start.visible(), start.hidden());
    this.negative = new Phase(batch, start.visible(), start.hidden());
  }

  /// The weights to begin with (Hinton's guide, section 8): N(0, 0.01^2); visible biases by which
  /// each bit alone has the share of ones that it has in the examples.
  public static Rbm initial(Rbm form, Examples examples, long seed) {
    RandomWords words = Philox.forPurpose(seed, "weights");
    float[] weight = new float[form.weight().size()];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) (0.01 * Gaussian.of(words, 0, 0, i));
    }
    double[] ones = new double[form.visible()];
    float[] means = new float[form.visible()];
    for (int index = 0; index < examples.count(); index++) {
      examples.read(index, means);
      for (int i = 0; i < ones.length; i++) {
        ones[i] += means[i];
      }
    }
    float[] bias = new float[form.visible()];
    for (int i = 0; i < bias.length; i++) {
      // An example more of each kind, as no share should be 0 or 1.
      bias[i] = (float) StrictMath.log((ones[i] + 1) / (examples.count() - ones[i] + 1));
    }
    return new Rbm(
        new Tensor(form.weight().shape(), weight),
        form.hiddenBias(),
        new Tensor(Shape.of(bias.length), bias),
        form.labels());
  }

  /// Learns.
  ///
  /// @param start what it begins with
  /// @throws IllegalArgumentException if the weights grow beyond all bounds
  /// @throws CancellationException if this thread is interrupted
  public static Rbm learn(
      Rbm start, Hyperparameters choices, Examples examples, int threads, Progress progress) {
    return resume(Epoch.before(start), choices, examples, threads, progress);
  }

  /// Learns the epochs that are left, to the weights that all at once would have given.
  ///
  /// @param from an epoch of the same choices and examples
  /// @throws IllegalArgumentException if it cannot be, or the weights grow beyond all bounds
  /// @throws CancellationException if this thread is interrupted
  public static Rbm resume(
      Epoch from, Hyperparameters choices, Examples examples, int threads, Progress progress) {
    ContrastiveDivergence learning =
        new ContrastiveDivergence(from.rbm, choices, examples, threads);
    learning.restore(from);
    learning.run(from.number, progress);
    return learning.weights.rbm();
  }

  private void restore(Epoch from) {
    Limits.between("epochs that are done", 0, choices.epochs(), from.number);
    if (from.chains.isPresent() != (choices.persistent() && from.number > 0)) {
      throw new IllegalArgumentException("persistent chains go on from an epoch, and no others");
    }
    from.chains.ifPresent(negative::restore);
  }

  private void run(int from, Progress progress) {
    int perEpoch = Math.ceilDiv(examples.count(), batch);
    long updates = Math.multiplyExact((long) perEpoch, choices.epochs());
    if (updates * choices.steps() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("more than 2^31 steps; learn in fewer epochs");
    }
    for (int epoch = from; epoch < choices.epochs(); epoch++) {
      int[] shuffled = shuffle(epoch);
      for (int position = 0; position < perEpoch; position++) {
        int update = epoch * perEpoch + position;
        int first = position * batch;
        int end = Math.min(first + batch, examples.count());
        sample(Arrays.copyOfRange(shuffled, first, end), epoch, update);
        update(choices.learningRate() * (1 - (double) update / updates));
        progress.examples(epoch + 1, end);
      }
      Optional<Tensor> chains =
          choices.persistent() ? Optional.of(negative.bits()) : Optional.empty();
      progress.epoch(new Epoch(epoch + 1, weights.rbm(), chains));
    }
  }

  /// Fisher-Yates.
  private int[] shuffle(int epoch) {
    int[] result = new int[examples.count()];
    for (int i = 0; i < result.length; i++) {
      int j = (int) ((Integer.toUnsignedLong(order.word(epoch, 0, i, 0)) * (i + 1)) >>> 32);
      result[i] = result[j];
      result[j] = i;
    }
    return result;
  }

  /// Draws the bits of some examples, and moves the chains.
  private void sample(int[] chosen, int epoch, int update) {
    boolean fresh = !choices.persistent() || update == 0;
    forEach(
        fresh ? chosen.length : batch,
        () -> {
          float[] visible = new float[weights.visibleBias.length];
          int[] visibleWords = new int[visible.length];
          Ones hidden = new Ones(weights.hiddenBias.length);
          int[] hiddenWords = new int[weights.hiddenBias.length];
          return row -> {
            if (row < chosen.length) {
              examples.read(chosen[row], visible);
              noise.fill(chosen[row], DATA, epoch, visibleWords);
              positive.visible[row].draw(visible, visibleWords);
              weights.hidden(positive.visible[row], positive.hidden[row]);
            }
            Ones chain = (fresh ? positive : negative).visible[row];
            for (int step = 0; step < choices.steps(); step++) {
              int sample = update * choices.steps() + step;
              weights.hidden(chain, negative.hidden[row]);
              noise.fill(row, HIDDEN, sample, hiddenWords);
              hidden.draw(negative.hidden[row], hiddenWords);
              weights.visible(hidden, visible);
              noise.fill(row, VISIBLE, sample, visibleWords);
              chain = negative.visible[row];
              chain.draw(visible, visibleWords);
            }
            weights.hidden(chain, negative.hidden[row]);
          };
        });
    positive.count(chosen.length);
    negative.count(fresh ? chosen.length : batch);
  }

  /// Moves weights and biases along the difference of the phases.
  private void update(double learningRate) {
    float plus = (float) (learningRate / positive.rows());
    float minus = (float) (learningRate / negative.rows());
    float kept = (float) (1 - learningRate * choices.weightDecay());
    float[] biases = weights.visibleBias;
    forEach(
        Math.ceilDiv(biases.length, ROWS),
        () -> {
          float[] ofExamples = new float[weights.hiddenBias.length];
          float[] ofChains = new float[weights.hiddenBias.length];
          return block -> {
            int from = block * ROWS;
            int to = Math.min(from + ROWS, biases.length);
            for (int unit = from; unit < to; unit++) {
              positive.products(unit, ofExamples);
              negative.products(unit, ofChains);
              move(weights.byVisible[unit], kept, plus, ofExamples, minus, ofChains);
              biases[unit] += (float) learningRate * (positive.mean(unit) - negative.mean(unit));
            }
            weights.transpose(from, to);
          };
        });
    float[] ofExamples = new float[weights.hiddenBias.length];
    float[] ofChains = new float[weights.hiddenBias.length];
    positive.sums(ofExamples);
    negative.sums(ofChains);
    move(weights.hiddenBias, 1, plus, ofExamples, minus, ofChains);
  }

  /// An update takes a millisecond or few, so a thread alone spares itself another.
  private void forEach(int count, Supplier<IntConsumer> worker) {
    if (threads > 1) {
      Workers.forEach(count, threads, worker);
      return;
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
    IntConsumer alone = worker.get();
    for (int index = 0; index < count; index++) {
      alone.accept(index);
    }
  }

  private static void move(
      float[] row, float kept, float plus, float[] ofExamples, float minus, float[] ofChains) {
    for (int unit = 0; unit < row.length; unit++) {
      row[unit] = kept * row[unit] + plus * ofExamples[unit] - minus * ofChains[unit];
    }
  }
}
