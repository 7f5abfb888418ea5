package org.pdnn.training.torch;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.random.Scheme;
import org.pdnn.training.Accelerator;
import org.pdnn.training.Processor;

/// Passes of a network over batches of inputs in libtorch, without gradients: for evaluations so
/// large that the samplers, which address every random word, would take hours.
///
/// The noise is that of libtorch's generator, seeded for the batch: the same for the same batch and
/// seed, on one machine and for one number of threads. Used by one thread.
public final class BatchPasses implements AutoCloseable {
  private final Network network;
  private final Scheme scheme;
  private final int threads;
  private final boolean onCpu;
  private final Device device;
  private final Parameters parameters;
  private boolean closed;

  /// @param scheme how the passes share their randomness
  public BatchPasses(Network network, Scheme scheme, Processor processor) {
    this.network = network;
    this.scheme = scheme;
    this.threads = processor.threads();
    this.onCpu = processor.accelerator() == Accelerator.CPU;
    this.device = Libtorch.device(processor.accelerator());
    this.parameters = new Parameters(network, device);
  }

  /// The outputs of a batch averaged over the first T passes, averaged at the end of the model.
  ///
  /// @param inputs by input, row-major
  /// @param samples the numbers T
  /// @param seed of this batch's noise
  /// @return by T, input and output
  public Map<Integer, float[][]> means(float[][] inputs, SortedSet<Integer> samples, long seed) {
    requireSamples(samples);
    int first = network.firstRandomLayer();
    int end = network.layers().size();
    return with(
        "run passes",
        () -> {
          Noise noise = noise(seed, samples.last());
          Forward forward = new Forward(network, parameters, noise, false);
          Tensor x = forward.run(Inputs.of(network.input(), flat(inputs), device), 0, first);
          Map<Integer, float[][]> means = new TreeMap<>();
          if (first == end) {
            samples.forEach(count -> means.put(count, rows(x, inputs.length)));
            return means;
          }
          Tensor f = Forward.mean(neuron(first).activation(), x);
          Tensor sum = torch.zeros(outputs(inputs.length)).to(device, torch.ScalarType.Float);
          for (int pass = 0; pass < samples.last(); pass++) {
            try (var _ = new PointerScope()) {
              noise.pass(pass);
              sum.add_(forward.run(forward.fire(neuron(first), f, first), first + 1, end));
            }
            if (samples.contains(pass + 1)) {
              means.put(pass + 1, rows(sum.div(new Scalar(pass + 1.0)), inputs.length));
            }
          }
          return means;
        });
  }

  /// The outputs of a batch if every layer of random neurons hands on the mean of T draws.
  ///
  /// @param inputs by input, row-major
  /// @param samples T
  /// @param seed of this batch's noise
  /// @return by input and output
  public float[][] layerwise(float[][] inputs, int samples, long seed) {
    return with(
        "run layer by layer",
        () -> {
          Noise noise = noise(seed, samples);
          Forward forward = new Forward(network, parameters, noise, false);
          Tensor x = Inputs.of(network.input(), flat(inputs), device);
          for (int layer = 0; layer < network.layers().size(); layer++) {
            if (network.layers().get(layer) instanceof Neurons(Neuron neuron) && neuron.random()) {
              Tensor f = Forward.mean(neuron.activation(), x);
              Tensor sum = torch.zeros_like(f);
              for (int pass = 0; pass < samples; pass++) {
                try (var _ = new PointerScope()) {
                  noise.pass(pass);
                  sum.add_(forward.fire(neuron, f, layer));
                }
              }
              x = sum.div_(new Scalar((double) samples));
            } else {
              x = forward.run(x, layer, layer + 1);
            }
          }
          return rows(x, inputs.length);
        });
  }

  private interface Work<R> {
    R get();
  }

  private <R> R with(String operation, Work<R> work) {
    if (closed) {
      throw new IllegalStateException("these passes are closed; make new ones");
    }
    try (var _ = Threads.use(threads);
        var _ = new PointerScope();
        var _ = new AutoGradMode(false)) {
      return work.get();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new TorchException(operation, e);
    }
  }

  private Noise noise(long seed, int passes) {
    Noise noise = new Noise(scheme, onCpu);
    noise.begin(seed, passes);
    return noise;
  }

  private float[] flat(float[][] inputs) {
    int size = network.input().size();
    float[] flat = new float[inputs.length * size];
    for (int i = 0; i < inputs.length; i++) {
      System.arraycopy(inputs[i], 0, flat, i * size, size);
    }
    return flat;
  }

  private long[] outputs(int count) {
    Shape shape = network.output();
    long[] dimensions = new long[shape.rank() + 1];
    dimensions[0] = count;
    for (int i = 1; i < dimensions.length; i++) {
      dimensions[i] = shape.dimension(i - 1);
    }
    return dimensions;
  }

  private static float[][] rows(Tensor y, int count) {
    float[] flat = Parameters.array(y.contiguous());
    float[][] rows = new float[count][flat.length / count];
    for (int row = 0; row < count; row++) {
      System.arraycopy(flat, row * rows[row].length, rows[row], 0, rows[row].length);
    }
    return rows;
  }

  private Neuron neuron(int layer) {
    if (network.layers().get(layer) instanceof Neurons(Neuron neuron)) {
      return neuron;
    }
    throw new IllegalStateException("layer " + layer + " has no neurons");
  }

  private static void requireSamples(SortedSet<Integer> samples) {
    if (samples.isEmpty() || samples.first() < 1) {
      throw new IllegalArgumentException("samples must be at least 1, got " + samples);
    }
  }

  /// Frees what lies in libtorch; a second time does nothing.
  @Override
  public void close() {
    closed = true;
    parameters.close();
  }
}
