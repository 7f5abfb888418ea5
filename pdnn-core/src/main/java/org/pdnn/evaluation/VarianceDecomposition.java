package org.pdnn.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.pdnn.network.LastHidden;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Readers;
import org.pdnn.network.Shape;
import org.pdnn.network.Window;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.BlockSampler;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Sampler;
import org.pdnn.sampling.Workers;

/// Where the logit variance of one pass of bits comes from: an analysis of variance over its random
/// words.
///
/// The words u of a pass are independent, so its variance V splits into parts, one for each set of
/// words (Hoeffding's decomposition; B. Efron, C. Stein, "The jackknife estimate of variance",
/// Annals of Statistics 9, 586, 1981). Two passes that share the words of a set K and differ in all
/// others have the covariance Var(E[logit | K]), the sum of the parts of all subsets of K: nothing
/// need be replaced by its mean, and pools and thresholds are treated exactly.
///
/// **Layers.** K one layer: its main effect. K all layers but one: V less the total effect of that
/// one. What main effects leave of V is interaction of layers.
///
/// **Single words.** If each word is shared with probability r, the covariance is S(r) = sum over
/// sets of r^|set| V_set, so the additive part V_1, that of single words, lies between (S - r^2 V)
/// / (r - r^2) and S / r. Schemes that spread each neuron's words evenly over the passes, but
/// neurons independently of each other, remove V_1 and leave the rest: N_eq of T passes is about T
/// / (1 - V_1 / V) and not more.
///
/// **Pools.** The same with all words of a pool shared together: how much more would be additive if
/// a pool were one p-bit.
///
/// All shares are of V, summed over inputs and logits. They and their bounds are cut to the range
/// that shares have, 0 to 1.
///
/// @param variance V: logit variance of one pass, summed over logits, mean over inputs
/// @param layers by random layer, in order
/// @param units bounds of the additive part of single words
/// @param pools the same of whole pools
public record VarianceDecomposition(
    double variance, List<LayerShare> layers, Additive units, Additive pools) {
  /// With which probability a word is shared for the additive part: small, for tight bounds.
  private static final double SHARED = 0.25;

  public VarianceDecomposition {
    layers = List.copyOf(layers);
  }

  /// What one random layer has of the variance of a pass. Bounds by a jackknife over groups of
  /// inputs.
  ///
  /// @param layer index in the network
  /// @param main share that this layer's words have alone, the others averaged over
  /// @param total share that vanishes if this layer's words are averaged over
  public record LayerShare(int layer, Estimate main, Estimate total) {}

  /// Bounds of a share, each with its own interval.
  public record Additive(Estimate least, Estimate most) {}

  /// Which words of a pass its partner shares.
  @FunctionalInterface
  private interface Shares {
    boolean shared(long input, int layer, int unit, int sample);
  }

  /// Measures a network with random neurons in real numbers.
  ///
  /// @param passes R of each input, and as many partners for each share, at least 2
  /// @param threads inputs at once; the answer does not depend on it
  public static VarianceDecomposition measure(
      Network network, LabelledInputs inputs, int passes, long seed, int threads) {
    if (passes < 2 || inputs.count() < 2) {
      throw new IllegalArgumentException(
          "a decomposition needs at least 2 passes of 2 inputs, got %s of %s"
              .formatted(passes, inputs.count()));
    }
    List<Integer> random = randomLayers(network);
    if (random.isEmpty()) {
      throw new IllegalArgumentException("the network draws nothing; it has no variance");
    }
    List<Shares> shares = shares(network, random, seed);
    double[] variances = new double[inputs.count()];
    double[][] covariances = new double[shares.size()][inputs.count()];
    RandomWords own = new Philox(seed);
    RandomWords others = Philox.forPurpose(seed, "partner");
    BlockSampler sampler =
        new BlockSampler(
            network, new Run(passes, Scheme.INDEPENDENT, Averaging.END, LastHidden.BITS));
    Workers.forEach(
        inputs.count(),
        threads,
        () -> {
          Sampler forked = sampler.fork();
          float[] input = new float[network.input().size()];
          return index -> {
            inputs.read(index, input);
            double[][] base = forked.passes(input, index, own);
            variances[index] = covariance(base, base);
            for (int k = 0; k < shares.size(); k++) {
              RandomWords words = partner(own, others, shares.get(k));
              covariances[k][index] = covariance(base, forked.passes(input, index, words));
            }
          };
        });
    return summarise(random, variances, covariances);
  }

  /// The layers that draw, by index.
  static List<Integer> randomLayers(Network network) {
    return IntStream.range(0, network.layers().size())
        .filter(layer ->
            network.layers().get(layer) instanceof Neurons(Neuron neuron) && neuron.random())
        .boxed()
        .toList();
  }

  /// First each layer alone, then all but each, then single words, then pools.
  private static List<Shares> shares(Network network, List<Integer> random, long seed) {
    List<Shares> shares = new ArrayList<>();
    for (int kept : random) {
      shares.add((input, layer, unit, sample) -> layer == kept);
    }
    for (int left : random) {
      shares.add((input, layer, unit, sample) -> layer != left);
    }
    RandomWords coins = Philox.forPurpose(seed, "share");
    shares.add((input, layer, unit, sample) ->
        RandomWords.uniform(coins.word(input, layer, unit, sample)) < SHARED);
    int[][] pools = pools(network);
    shares.add((input, layer, unit, sample) ->
        RandomWords.uniform(coins.word(input, layer, pools[layer][unit], sample)) < SHARED);
    return shares;
  }

  /// By layer and unit: the first unit of the max pool that alone reads it, or the unit itself if
  /// windows overlap or leave the image.
  private static int[][] pools(Network network) {
    List<Shape> shapes = network.shapes();
    int[][] pools = new int[network.layers().size()][];
    for (int layer = 0; layer < pools.length; layer++) {
      Shape shape = shapes.get(layer + 1);
      Window window = pool(network, layer);
      int width = shape.rank() == 3 ? shape.dimension(2) : 1;
      int height = shape.rank() == 3 ? shape.dimension(1) : 1;
      pools[layer] =
          IntStream.range(0, shape.size())
              .map(unit -> {
                int row = unit / width % height;
                return unit
                    - row % window.rows().kernel() * width
                    - unit % width % window.columns().kernel();
              })
              .toArray();
    }
    return pools;
  }

  /// The window of the max pool that alone reads a layer; one of single units without.
  private static Window pool(Network network, int layer) {
    Readers readers = Readers.of(network);
    return readers.single(layer)
            && network.layers().get(readers.of(layer).getFirst()) instanceof MaxPool(Window window)
            && window.tiles()
        ? window
        : Window.of(1, 1);
  }

  private static RandomWords partner(RandomWords own, RandomWords others, Shares shares) {
    return new RandomWords() {
      @Override
      public int word(long input, int layer, int unit, int sample) {
        return (shares.shared(input, layer, unit, sample) ? own : others)
            .word(input, layer, unit, sample);
      }

      @Override
      public void fill(long input, int layer, int sample, int[] words) {
        int[] second = new int[words.length];
        own.fill(input, layer, sample, words);
        others.fill(input, layer, sample, second);
        for (int unit = 0; unit < words.length; unit++) {
          if (!shares.shared(input, layer, unit, sample)) {
            words[unit] = second[unit];
          }
        }
      }
    };
  }

  /// Unbiased covariance of passes and their partners, summed over logits.
  private static double covariance(double[][] one, double[][] other) {
    double[] meanOne = Outputs.mean(one, one.length);
    double[] meanOther = Outputs.mean(other, other.length);
    double sum = 0;
    for (int pass = 0; pass < one.length; pass++) {
      for (int i = 0; i < meanOne.length; i++) {
        sum += (one[pass][i] - meanOne[i]) * (other[pass][i] - meanOther[i]);
      }
    }
    return sum / (one.length - 1);
  }

  private static VarianceDecomposition summarise(
      List<Integer> random, double[] variances, double[][] covariances) {
    int layers = random.size();
    List<LayerShare> shares = new ArrayList<>();
    for (int k = 0; k < layers; k++) {
      Estimate kept = Jackknife.ratio(covariances[layers + k], variances);
      shares.add(
          new LayerShare(
              random.get(k),
              Jackknife.ratio(covariances[k], variances).within(0, 1),
              new Estimate(1 - kept.value(), 1 - kept.high(), 1 - kept.low()).within(0, 1)));
    }
    double mean = IntStream.range(0, variances.length).mapToDouble(i -> variances[i]).sum();
    return new VarianceDecomposition(
        mean / variances.length,
        shares,
        additive(Jackknife.ratio(covariances[2 * layers], variances)),
        additive(Jackknife.ratio(covariances[2 * layers + 1], variances)));
  }

  private static Additive additive(Estimate stability) {
    double span = SHARED - SHARED * SHARED;
    double square = SHARED * SHARED;
    return new Additive(
        new Estimate(
                (stability.value() - square) / span,
                (stability.low() - square) / span,
                (stability.high() - square) / span)
            .within(0, 1),
        new Estimate(
                stability.value() / SHARED, stability.low() / SHARED, stability.high() / SHARED)
            .within(0, 1));
  }
}
