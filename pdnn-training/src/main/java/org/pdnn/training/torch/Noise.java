package org.pdnn.training.torch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import org.pdnn.random.Scheme;

/// The uniform numbers of one step's passes, from libtorch's generator seeded for that step.
///
/// Passes that share words ([Scheme]) draw them in the first pass of a layer and keep them until
/// the next step. Every method is called inside a scope.
final class Noise implements AutoCloseable {
  private final Scheme scheme;
  private final boolean onCpu;
  private final Generator generator;
  private final GeneratorOptional source;

  /// By layer: the words that all passes of the step share.
  private final Map<Integer, Tensor[]> shared = new HashMap<>();

  private int samples = 1;
  private int sample;
  private boolean together;

  /// @param scheme how the passes of a step share their randomness; stratified needs words for each
  ///   pass of all passes and is not trained with
  Noise(Scheme scheme, boolean onCpu) {
    if (scheme == Scheme.STRATIFIED) {
      throw new IllegalArgumentException(
          "training knows the schemes independent, antithetic, xor and scrambled, got " + scheme);
    }
    Libtorch.load();
    this.scheme = scheme;
    this.onCpu = onCpu;
    this.generator = torch.make_generator_cpu();
    this.source = onCpu ? new GeneratorOptional(generator) : new GeneratorOptional();
  }

  /// Begins a step.
  ///
  /// @param seed of all its noise
  /// @param passes s
  void begin(long seed, int passes) {
    if (onCpu) {
      generator.set_current_seed(seed);
    } else {
      torch.manual_seed(seed);
    }
    forget();
    samples = passes;
    together = false;
    sample = 0;
  }

  /// What follows belongs to one pass of the step, from 0.
  void pass(int number) {
    sample = number;
  }

  /// What follows are all passes at once, one after the other along the batch.
  void allPasses() {
    together = true;
  }

  /// Uniform numbers in [0, 1) in the shape of `like`.
  Tensor uniform(Tensor like, int layer) {
    if (scheme == Scheme.INDEPENDENT) {
      return torch.rand_like(like, source);
    }
    if (!together) {
      return uniform(word(like, layer, sample));
    }
    Tensor first = like.narrow(0, 0, like.size(0) / samples);
    List<Tensor> passes =
        IntStream.range(0, samples).mapToObj(t -> uniform(word(first, layer, t))).toList();
    return torch.cat(new TensorVector(passes.toArray(Tensor[]::new)));
  }

  /// Numbers from N(0, 1) in the shape of `like`, fresh ones for every use.
  Tensor normal(Tensor like) {
    return torch.randn_like(like, source);
  }

  /// The top 24 bits of a word as a number in [0, 1): exact in 32-bit floating point.
  private static Tensor uniform(Tensor word) {
    return word.bitwise_xor(new Scalar(Integer.MIN_VALUE))
        .bitwise_right_shift_(new Scalar(8))
        .to(ScalarType.Float)
        .mul_(new Scalar(0x1p-24))
        .add_(new Scalar(0.5));
  }

  /// The word of pass t, as [Scheme] defines it.
  private Tensor word(Tensor like, int layer, int t) {
    return switch (scheme) {
      case ANTITHETIC -> {
        Tensor drawn = drawn(like, layer, t % 2, 1)[0];
        yield t % 2 == 0 ? drawn : drawn.bitwise_not();
      }
      case XOR -> drawn(like, layer, t, 1)[0].bitwise_xor(new Scalar(Integer.reverse(t)));
      case SCRAMBLED -> {
        int within = t % Scheme.SCRAMBLED_BLOCK;
        Tensor[] drawn = drawn(like, layer, within, 2);
        yield scrambled(drawn[0], drawn[1], within);
      }
      case INDEPENDENT, STRATIFIED -> throw new IllegalStateException(scheme + " shares no words");
    };
  }

  /// The words that passes share: drawn anew by the first of them, kept for the others.
  ///
  /// @param t pass among those that share
  private Tensor[] drawn(Tensor like, int layer, int t, int count) {
    Tensor[] known = shared.get(layer);
    if (t > 0 && known != null) {
      return known;
    }
    TensorOptions words = new TensorOptions(ScalarType.Int);
    LongOptional above = new LongOptional(1L << 31);
    Tensor[] fresh = new Tensor[count];
    for (int i = 0; i < count; i++) {
      fresh[i] =
          torch
              .empty_like(like, words, new MemoryFormatOptional())
              .random_(Integer.MIN_VALUE, above, source);
      // A pass may have a scope of its own; the words outlive it.
      fresh[i].retainReference();
    }
    release(shared.put(layer, fresh));
    return fresh;
  }

  private void forget() {
    shared.values().forEach(Noise::release);
    shared.clear();
  }

  private static void release(Tensor @Nullable [] words) {
    if (words != null) {
      for (Tensor word : words) {
        word.releaseReference();
      }
    }
  }

  /// Frees what lies in libtorch; a second time does nothing.
  @Override
  public void close() {
    forget();
    generator.close();
  }

  /// [Scheme#scrambled], coin by coin.
  private static Tensor scrambled(Tensor shift, Tensor coins, int t) {
    Tensor word = shift.bitwise_xor(new Scalar(Integer.reverse(t)));
    int[] coin = {t >> 1, 16 + (t >> 2), 24 + (t >> 3), 28 + (t >> 4), 30};
    for (int k = 0; k < coin.length; k++) {
      word.bitwise_xor_(
          coins
              .bitwise_left_shift(new Scalar(31 - coin[k]))
              .bitwise_and_(new Scalar(Integer.MIN_VALUE))
              .bitwise_right_shift_(new Scalar(k))
              .bitwise_and_(new Scalar(Integer.MIN_VALUE >>> k)));
    }
    return word;
  }
}
