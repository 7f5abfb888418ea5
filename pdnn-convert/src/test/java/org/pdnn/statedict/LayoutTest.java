package org.pdnn.statedict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Outline;
import org.pdnn.network.Reshape;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.random.Philox;
import org.pdnn.sampling.ReferenceSampler;
import org.pdnn.sampling.Run;

/// Weights of Keras and JAX, whose inputs come first and whose images have their channels last.
class LayoutTest {
  @TempDir private Path folder;

  /// Seeded values.
  private static Tensor random(Random random, int... dimensions) {
    Shape shape = Shape.of(dimensions);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Tensor(shape, values);
  }

  private Outline outline(String json) throws IOException {
    return Outline.read(Files.writeString(folder.resolve("network.json"), json));
  }

  private static Tensor transposed(Tensor tensor) {
    int rows = tensor.shape().dimension(0);
    int columns = tensor.shape().dimension(1);
    float[] values = new float[tensor.size()];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        values[j * rows + i] = tensor.get(i * columns + j);
      }
    }
    return new Tensor(Shape.of(columns, rows), values);
  }

  /// An MLP's tensors, transposed, under other words.
  private static Map<String, Tensor> transposed(Network network, String weight) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    network
        .tensors()
        .forEach((name, tensor) ->
            tensors.put(
                "params/Dense_" + name.replace(".weight", "/" + weight).replace('.', '/'),
                tensor.shape().rank() == 2 ? transposed(tensor) : tensor));
    return tensors;
  }

  @Test
  void denseKernelsAreTransposed() throws IOException {
    Network mlp = Dicts.mlp(4, 6, 5, 3);
    for (String word : List.of("kernel", "w", "weight")) {
      Matched matched = Matching.of(Dicts.dict(transposed(mlp, word)), mlp);
      assertEquals(mlp, matched.network());
      assertEquals("transposed", matched.matches().get(0).note());
      assertEquals("", matched.matches().get(1).note());
    }
  }

  @Test
  void theWordForASquareWeightTellsItsLayout() throws IOException {
    Network square = Dicts.mlp(4, 4, 4);
    assertEquals(square, Matching.of(Dicts.dict(transposed(square, "kernel")), square).network());
    Map<String, Tensor> untold = transposed(square, "w");
    var e = assertThrows(IOException.class, () -> Matching.of(Dicts.dict(untold), square));
    assertEquals(
        "trained.npz does not fit the architecture: its weights fit as (outputs, inputs) and as"
            + " (inputs, outputs); call them 'weight' in the file if outputs come first, 'kernel'"
            + " if inputs do",
        e.getMessage());
  }

  /// A network as Keras computes it, (height, width, channels) throughout, written down once more
  /// as sums over pixels: convolution without padding, tanh, flatten, batch norm, dense.
  @Test
  void aNetworkWithChannelsLastComputesWhatItDidThere() throws IOException {
    Random random = new Random(3);
    int height = 4;
    int width = 5;
    int channels = 2;
    int features = 3;
    int values = (height - 1) * (width - 2) * features;
    Tensor kernel = random(random, 2, 3, channels, features);
    Tensor bias = random(random, features);
    Tensor gamma = random(random, values);
    Tensor beta = random(random, values);
    Tensor mean = random(random, values);
    Tensor variance = Tensor.filled(Shape.of(values), 0.75f);
    Tensor dense = random(random, values, 4);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("sequential/batch_normalization/beta", beta);
    tensors.put("sequential/batch_normalization/gamma", gamma);
    tensors.put("sequential/batch_normalization/moving_mean", mean);
    tensors.put("sequential/batch_normalization/moving_variance", variance);
    tensors.put("sequential/conv2d/bias", bias);
    tensors.put("sequential/conv2d/kernel", kernel);
    tensors.put("sequential/dense/kernel", dense);
    Outline outline =
        outline(
            """
            {"input":[2,4,5], "layers":[
              {"layer":"convolution", "stride":1, "padding":0},
              {"layer":"neurons", "neuron":"tanh"}, {"layer":"flatten"},
              {"layer":"batchNorm", "epsilon":0.001}, {"layer":"dense"}]}
            """);
    Matched matched = Matching.of(Dicts.dict(tensors), outline);
    assertEquals(
        List.of(
            "transposed from height x width first",
            "",
            "pixels brought from height x width x channels",
            "pixels brought from height x width x channels",
            "pixels brought from height x width x channels",
            "pixels brought from height x width x channels",
            "transposed, pixels brought from height x width x channels",
            "zeros, as the file has none"),
        matched.matches().stream().map(Match::note).toList());

    float[] image = new float[channels * height * width];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextFloat();
    }
    double[] outputs = new double[4];
    for (int y = 0; y < height - 1; y++) {
      for (int x = 0; x < width - 2; x++) {
        for (int f = 0; f < features; f++) {
          double sum = bias.get(f);
          for (int ky = 0; ky < 2; ky++) {
            for (int kx = 0; kx < 3; kx++) {
              for (int c = 0; c < channels; c++) {
                sum +=
                    image[(c * height + y + ky) * width + x + kx]
                        * kernel.get(((ky * 3 + kx) * channels + c) * features + f);
              }
            }
          }
          int flat = (y * (width - 2) + x) * features + f;
          double normal =
              (Math.tanh(sum) - mean.get(flat)) / Math.sqrt(0.751) * gamma.get(flat)
                  + beta.get(flat);
          for (int o = 0; o < 4; o++) {
            outputs[o] += normal * dense.get(flat * 4 + o);
          }
        }
      }
    }
    double[] ours =
        new ReferenceSampler(matched.network(), Run.of(1)).passes(image, 0, new Philox(1))[0];
    for (int o = 0; o < 4; o++) {
      assertEquals(outputs[o], ours[o], 1e-4);
    }
  }

  /// Each value of an input pixel, times the kernel, is added to the output, as the gradient of a
  /// convolution does it.
  @Test
  void aTransposedConvolutionOfKerasComputesWhatItDidThere() throws IOException {
    Random random = new Random(4);
    Tensor kernel = random(random, 3, 2, 5, 2);
    Tensor bias = random(random, 5);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("conv2d_transpose/kernel", kernel);
    tensors.put("conv2d_transpose/bias", bias);
    Network network =
        new Network(Shape.of(2, 3, 3), List.of(TransposedConvolution.of(2, 5, 1, 2, 0)));
    Outline open = outline(network.architecture());
    Network matched = Matching.of(Dicts.dict(tensors), open).network();
    assertEquals(Shape.of(5, 7, 6), matched.output());
    float[] image = new float[18];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextFloat();
    }
    double[] outputs = new double[5 * 7 * 6];
    for (int o = 0; o < 5; o++) {
      for (int i = 0; i < 42; i++) {
        outputs[o * 42 + i] = bias.get(o);
      }
      for (int c = 0; c < 2; c++) {
        for (int y = 0; y < 3; y++) {
          for (int x = 0; x < 3; x++) {
            for (int ky = 0; ky < 3; ky++) {
              for (int kx = 0; kx < 2; kx++) {
                outputs[(o * 7 + 2 * y + ky) * 6 + 2 * x + kx] +=
                    image[(c * 3 + y) * 3 + x] * kernel.get(((ky * 2 + kx) * 5 + o) * 2 + c);
              }
            }
          }
        }
      }
    }
    double[] ours = new ReferenceSampler(matched, Run.of(1)).passes(image, 0, new Philox(1))[0];
    for (int i = 0; i < outputs.length; i++) {
      assertEquals(outputs[i], ours[i], 1e-5);
    }
  }

  @Test
  void aReshapeWhoseOrderIsNotKnownIsRefused() throws IOException {
    Map<String, Tensor> tensors = Map.of("dense/kernel", Tensor.filled(Shape.of(3, 8), 1));
    Outline outline =
        outline(
            """
            {"input":[3], "layers":[{"layer":"dense"}, {"layer":"reshape","shape":[2,2,2]}]}
            """);
    var e = assertThrows(IOException.class, () -> Matching.of(Dicts.dict(tensors), outline));
    assertTrue(
        String.valueOf(e.getMessage())
            .contains("layer 1: values of 8 are reshaped to 2x2x2 in another order"),
        e.getMessage());
  }

  @Test
  void aReshapeBackToTheImageIsKnown() throws IOException {
    Network network =
        SmallNetworks.randomised(
            new Network(
                Shape.of(2, 2, 2),
                List.of(
                    new Flatten(),
                    new Neurons(Neuron.parse("tanh")),
                    new Reshape(Shape.of(2, 2, 2)),
                    Convolution.of(2, 1, 1, 1, 0),
                    BatchNorm.of(1),
                    new Reshape(Shape.of(4)),
                    Dense.of(4, 3))),
            5);
    Map<String, Tensor> tensors = new LinkedHashMap<>(network.tensors());
    Tensor weight = tensors.remove("6.weight");
    tensors.put("6.kernel", transposed(weight == null ? Tensor.filled(Shape.of(1), 0) : weight));
    Tensor kernel = tensors.remove("3.weight");
    tensors.put(
        "3.kernel",
        new Tensor(Shape.of(1, 1, 2, 1), kernel == null ? new float[2] : kernel.toArray()));
    assertEquals(network, Matching.of(Dicts.dict(tensors), network).network());
  }
}
