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

  /// Replaces means by bits of p-bits that have them: by 1, or else by `least`.
  ///
  /// @param f in [#ordered], no operand of gradients
  /// @param least 0, or -1 for tanh
  void fire(Tensor f, int layer, int least) {
    if (numbers == RandomNumbers.TORCH_RAND) {
      Tensor u = torch.rand_like(f);
      if (least == 0) {
        f.gt_(u);
      } else {
        f.gt_(spread(u, least));
        spread(f, least);
      }
      return;
    }
    if (!f.is_cpu()) {
      Tensor there = f.to(new Device("cpu"), ScalarType.Float);
      fire(there, layer, least);
      f.copy_(there);
      return;
    }
    draw(f, layer, (pass, from, memory) -> kernel.fire(pass, least, from, memory));
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
    draw(u, layer, kernel::uniform);
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

  /// A copy in the order in which units are addressed, with the gradient of the original.
  static Tensor ordered(Tensor f) {
    return f.clone(format(f));
  }

  private static MemoryFormatOptional format(Tensor f) {
    return new MemoryFormatOptional(
        f.dim() == 4 ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous);
  }

  /// Draws into the memory of consecutive units.
  @FunctionalInterface
  private interface Kernel {
    void draw(Pass pass, int from, MemorySegment memory);
  }

  private void draw(Tensor numbers, int layer, Kernel kernel) {
    MemorySegment memory = memory(numbers);
    long bytes = memory.byteSize() / count;
    for (int i = 0; i < count; i++) {
      Pass pass = new Pass(words, scheme, network, layer, first + i);
      draw(pass, memory.asSlice(i * bytes, bytes), kernel);
    }
  }

  private void draw(Pass pass, MemorySegment memory, Kernel kernel) {
    int units = Math.toIntExact(memory.byteSize() / Float.BYTES);
    int block = BLOCK * Math.max(1, Math.ceilDiv(units, BLOCK * threads));
    IntStream blocks = IntStream.range(0, Math.ceilDiv(units, block));
    (threads > 1 ? blocks.parallel() : blocks)
        .map(i -> i * block)
        .forEach(from -> {
          int n = Math.min(block, units - from);
          kernel.draw(
              pass, from, memory.asSlice((long) from * Float.BYTES, (long) n * Float.BYTES));
        });
  }

  @SuppressWarnings("restricted") // --enable-native-access is among the flags of every start
  private static MemorySegment memory(Tensor numbers) {
    return MemorySegment.ofAddress(numbers.data_ptr().address())
        .reinterpret(numbers.numel() * Float.BYTES);
  }
}
