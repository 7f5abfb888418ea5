package org.pdnn.training.torch;

import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.random.Gaussian;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.pbits.PBitKernels;
import org.pdnn.sampling.pbits.PBits;
import org.pdnn.sampling.pbits.Pass;
import org.pdnn.training.RandomNumbers;

/// The random numbers of one step's passes, each from a word addressed by (seed, network, layer,
/// unit, sample), so that neither the order of passes nor threads can change it; or, to compare
/// with, from libtorch's generator.
///
/// The units of a layer are those of the whole batch, in the order of memory: inputs, rows,
/// columns, channels, the channel fastest. Every method that draws is called inside a scope.
final class Noise {
  /// Units that one thread draws at least, and a multiple of: less is not worth another thread.
  private static final int BLOCK = 1 << 14;

  private final PBits kernel = PBitKernels.chosen();
  private final Scheme scheme;
  private final int threads;
  private final RandomNumbers numbers;
  private Philox words = new Philox(0);
  private int network;
  private int first;
  private int count = 1;

  /// @param scheme how the passes of a step share their words; stratified, whose words take as long
  ///   as there are passes, is not trained with
  /// @param threads that may draw at once
  Noise(Scheme scheme, int threads) {
    this(scheme, threads, RandomNumbers.ADDRESSED);
  }

  /// @param numbers where they come from; [#normal] is addressed in any case
  Noise(Scheme scheme, int threads, RandomNumbers numbers) {
    if (scheme == Scheme.STRATIFIED) {
      throw new IllegalArgumentException(
          "training knows the schemes independent, antithetic, xor and scrambled, got " + scheme);
    }
    Libtorch.load();
    this.scheme = scheme;
    this.threads = threads;
    this.numbers = numbers;
  }

  /// Begins a step, with its first pass.
  ///
  /// @param seed of all its noise
  void begin(long seed) {
    words = new Philox(seed);
    if (numbers == RandomNumbers.TORCH_RAND) {
      torch.manual_seed(seed);
    }
    network = 0;
    pass(0);
  }

  /// What follows belongs to one of the networks that learn together, from 0.
  void network(int number) {
    network = number;
  }

  /// What follows belongs to one pass of the step, from 0.
  void pass(int number) {
    passes(number, 1);
  }

  /// What follows are passes side by side, one after the other along the batch.
  void passes(int from, int passes) {
    first = from;
    count = passes;
  }

  /// The bits of p-bits whose means are `f`: 1, or else `least`.
  ///
  /// @param f of floats, kept
  /// @param least 0, or -1 for tanh
  Tensor fire(Tensor f, int layer, int least) {
    if (numbers == RandomNumbers.TORCH_RAND) {
      Tensor u = torch.rand_like(f);
      return least == 0 ? u.lt_(f) : spread(spread(u, least).lt_(f), least);
    }
    Tensor there = f.to(new Device("cpu"), ScalarType.Float).contiguous(order(f));
    Tensor drawn = torch.empty(f.shape(), new TensorOptions(ScalarType.Float), format(f));
    MemorySegment means = memory(there);
    MemorySegment bits = memory(drawn);
    draw(
        drawn,
        layer,
        (pass, from, at, bytes) ->
            kernel.fire(pass, least, from, means.asSlice(at, bytes), bits.asSlice(at, bytes)));
    return drawn.to(f.device(), ScalarType.Float);
  }

  /// From [0, 1] to [least, 1], in place.
  private static Tensor spread(Tensor numbers, int least) {
    return numbers.mul_(new Scalar(1 - least)).add_(new Scalar(least));
  }

  /// Uniform numbers in [0, 1) in the shape of `like`.
  Tensor uniform(Tensor like, int layer) {
    if (numbers == RandomNumbers.TORCH_RAND) {
      return torch.rand_like(like);
    }
    Tensor u = torch.empty(like.shape(), new TensorOptions(ScalarType.Float), format(like));
    MemorySegment memory = memory(u);
    draw(
        u, layer, (pass, from, at, bytes) -> kernel.uniform(pass, from, memory.asSlice(at, bytes)));
    return u.to(like.device(), ScalarType.Float);
  }

  /// Numbers from N(0, 1) in the shape of `like`.
  Tensor normal(Tensor like, int layer) {
    float[] values = new float[Math.toIntExact(like.numel())];
    for (int unit = 0; unit < values.length; unit++) {
      values[unit] = (float) Gaussian.of(words, network, layer, unit);
    }
    return Parameters.tensor(values, like.device()).view(like.shape());
  }

  private static MemoryFormatOptional format(Tensor f) {
    return new MemoryFormatOptional(order(f));
  }

  /// The order in memory in which units are addressed.
  private static MemoryFormat order(Tensor f) {
    return f.dim() == 4 ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous;
  }

  /// Draws for consecutive units, whose floats are `bytes` from `at`.
  @FunctionalInterface
  private interface Kernel {
    void draw(Pass pass, int from, long at, long bytes);
  }

  private void draw(Tensor numbers, int layer, Kernel kernel) {
    int units = Math.toIntExact(numbers.numel() / count);
    for (int i = 0; i < count; i++) {
      draw(new Pass(words, scheme, network, layer, first + i), (long) i * units, units, kernel);
    }
  }

  /// @param at what was drawn for passes before
  private void draw(Pass pass, long at, int units, Kernel kernel) {
    int block = BLOCK * Math.max(1, Math.ceilDiv(units, BLOCK * threads));
    IntStream blocks = IntStream.range(0, Math.ceilDiv(units, block));
    (threads > 1 ? blocks.parallel() : blocks)
        .map(i -> i * block)
        .forEach(from ->
            kernel.draw(
                pass,
                from,
                (at + from) * Float.BYTES,
                (long) Math.min(block, units - from) * Float.BYTES));
  }

  @SuppressWarnings("restricted") // --enable-native-access is among the flags of every start
  private static MemorySegment memory(Tensor numbers) {
    return MemorySegment.ofAddress(numbers.data_ptr().address())
        .reinterpret(numbers.numel() * Float.BYTES);
  }
}
