package org.pdnn.training.torch;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.network.Network;
import org.pdnn.training.SampleStrategy;

/// The average of the outputs of a network over s passes, with gradients where they are on.
final class SampleAverage {
  private final SampleStrategy strategy;
  private final Noise noise;
  private final int samples;

  /// @param samples s; deterministic networks make one pass
  SampleAverage(Network network, SampleStrategy strategy, Noise noise, int samples) {
    this.strategy = network.random() ? strategy : SampleStrategy.WHOLE;
    this.noise = noise;
    this.samples = network.random() ? samples : 1;
  }

  /// Number of passes.
  int samples() {
    return samples;
  }

  /// Runs the passes of a batch; the noise must have begun its step.
  ///
  /// @param averaged what is averaged, of the output of a pass in 32 bits
  Tensor of(Tensor x, Forward forward, UnaryOperator<Tensor> averaged) {
    return switch (strategy) {
      case WHOLE -> loop(() -> forward.run(x), averaged);
      case LOOP -> {
        Forward.Shared shared = forward.enter(x);
        yield loop(() -> forward.pass(shared), averaged);
      }
      case REPLICATE -> {
        noise.allPasses();
        Tensor all = averaged.apply(in32Bits(forward.pass(forward.enter(x).each(this::repeated))));
        long[] one = all.shape().clone();
        one[0] = x.size(0);
        yield all.reshape(bySample(one)).mean(0);
      }
    };
  }

  private Tensor loop(Supplier<Tensor> pass, UnaryOperator<Tensor> averaged) {
    Tensor sum = null;
    for (int sample = 0; sample < samples; sample++) {
      noise.pass(sample);
      Tensor one = averaged.apply(in32Bits(pass.get()));
      sum = sum == null ? one : sum.add(one);
    }
    if (sum == null) {
      throw new IllegalStateException("no samples");
    }
    return samples == 1 ? sum : sum.div(new Scalar(samples));
  }

  /// A batch s times as large, for all passes at once.
  private Tensor repeated(Tensor f) {
    long[] flat = f.shape().clone();
    flat[0] *= samples;
    return f.unsqueeze(0).expand(bySample(f.shape())).reshape(flat);
  }

  /// The shape with the samples as a dimension in front.
  private long[] bySample(long[] shape) {
    return LongStream.concat(LongStream.of(samples), LongStream.of(shape)).toArray();
  }

  private static Tensor in32Bits(Tensor y) {
    return y.to(ScalarType.Float);
  }
}
