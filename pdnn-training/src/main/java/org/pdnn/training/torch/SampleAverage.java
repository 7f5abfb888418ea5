package org.pdnn.training.torch;

import java.util.Arrays;
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
        noise.passes(0, samples);
        Forward.Shared shared = forward.enter(x).each(f -> Inputs.repeated(f, samples));
        Tensor all = averaged.apply(in32Bits(forward.pass(shared)));
        long[] bySample =
            LongStream.concat(LongStream.of(samples, x.size(0)), Arrays.stream(all.shape()).skip(1))
                .toArray();
        yield all.reshape(bySample).mean(0);
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

  private static Tensor in32Bits(Tensor y) {
    return y.to(ScalarType.Float);
  }
}
