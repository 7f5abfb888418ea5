package org.pdnn.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Reshape;
import org.pdnn.network.Shape;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.random.Philox;
import org.pdnn.sampling.ReferenceSampler;
import org.pdnn.sampling.Run;

/// Rectifiers: bounded and scaled, noisy, or kept.
class ReluTest {
  private static Network relu;

  @BeforeAll
  static void train() {
    relu = TrainedDigits.mlp("relu");
  }

  private static final Network EVERY_LINK =
      InitialWeights.PYTORCH.of(
          new Network(
              Shape.of(2, 4, 4),
              List.of(
                  Convolution.of(2, 4, 3, 1, 1),
                  new Neurons(Neuron.parse("relu")),
                  new MaxPool(2),
                  Convolution.of(4, 3, 2, 1, 1),
                  new Neurons(Neuron.parse("relu")),
                  new Flatten(),
                  Dense.of(27, 8),
                  new Neurons(Neuron.parse("relu")),
                  new Reshape(Shape.of(2, 2, 2)),
                  TransposedConvolution.of(2, 3, 2, 2, 0),
                  new Neurons(Neuron.parse("relu")),
                  new Flatten(),
                  Dense.of(48, 5))),
          7);

  /// c max(0, I / c) = max(0, I) for every c above 0, through pools, flattening and reshaping.
  @Test
  void scalesBeforeAndBehindRectifiersCancel() {
    SplittableRandom random = new SplittableRandom(1);
    int links = 0;
    for (int i = 0; i < EVERY_LINK.layers().size(); i++) {
      Optional<NeuronLinks> link = NeuronLinks.of(EVERY_LINK, i);
      if (!(EVERY_LINK.layers().get(i) instanceof Neurons) || link.isEmpty()) {
        continue;
      }
      links++;
      double[] scales = random.doubles(link.get().groups(), 0.3, 3).toArray();
      Network divided = link.get().divided(EVERY_LINK, scales);
      float[] input = new float[32];
      for (int k = 0; k < input.length; k++) {
        input[k] = (float) random.nextDouble();
      }
      double[] expected = outputs(EVERY_LINK, input);
      double[] found = outputs(divided, input);
      for (int o = 0; o < expected.length; o++) {
        assertEquals(expected[o], found[o], 1e-5, "neurons at layer " + i);
      }
    }
    assertEquals(4, links);
  }

  private static double[] outputs(Network network, float[] input) {
    return new ReferenceSampler(network, Run.of(1)).passes(input, 0, new Philox(1))[0];
  }

  @Test
  void aBoundAboveEveryOutputChangesNothing() {
    List<NeuronLinks> links =
        List.of(NeuronLinks.of(relu, 2).orElseThrow(), NeuronLinks.of(relu, 4).orElseThrow());
    Calibration calibration = TrainedDigits.calibration(16, "32");
    Network bounded = relu;
    for (NeuronLinks link : links) {
      LayerValues values = LayerValues.of(relu, link.neurons(), link.groups(), calibration);
      double[] most = new double[link.groups()];
      for (int g = 0; g < most.length; g++) {
        most[g] = Math.max(1e-3, values.quantile(g, 1));
      }
      bounded = link.divided(bounded, most);
    }
    bounded = bounded.withNeurons(neuron -> Neuron.parse("clip"));
    LabelledLogits exact = calibration.answers(relu);
    assertEquals(0, calibration.answers(bounded).largestDifference(exact), 1e-4);
  }

  @Test
  void rectifiersBecomeScaledPBits() throws Exception {
    Converted converted =
        Conversion.on(TrainedDigits.calibration(32, "8"))
            .withRelus(ReluPolicy.PBIT)
            .withTolerance(0.1)
            .convert(relu);
    assertTrue(
        converted.network().layers().contains(new Neurons(Neuron.parse("pbit:clip"))),
        converted.steps().toString());
    assertTrue(
        converted.steps().getLast().cost().orElseThrow().accuracy() > 0.85,
        converted.steps().toString());
  }

  @Test
  void rectifiersBecomeNoisyOrStayAsAsked() throws Exception {
    Calibration calibration = TrainedDigits.calibration(8, "8");
    Converted noisy = Conversion.on(calibration).withRelus(ReluPolicy.NOISY).convert(relu);
    assertTrue(
        noisy.network().layers().stream()
            .anyMatch(layer -> layer instanceof Neurons(Neuron.Noisy _)));
    Converted kept = Conversion.on(calibration).withRelus(ReluPolicy.KEEP).convert(relu);
    assertTrue(kept.network().layers().contains(new Neurons(Neuron.parse("relu"))));
    assertTrue(
        kept.steps().stream()
            .flatMap(result -> result.details().stream())
            .anyMatch("relu at layers 2, 4 kept: its outputs have no bound"::equals));
  }

  /// With one pass p-bits lose much; noise does not, or else rectifiers stay.
  @Test
  void wherePBitsLoseTooMuchTheyBecomeNoisy() throws Exception {
    Conversion strict = Conversion.on(TrainedDigits.calibration(1, "8")).withTolerance(0.01);
    assertThrows(ConversionException.class, () -> strict.withRelus(ReluPolicy.PBIT).convert(relu));
    Converted converted = strict.convert(relu);
    assertTrue(
        converted.network().layers().get(2) instanceof Neurons(Neuron.Noisy _),
        converted.steps().toString());
    String remark = converted.remarks().getFirst();
    assertTrue(remark.startsWith("rectifiers did not become p-bits: step '"), remark);
  }

  @Test
  void theyBecomePBitsFirst() throws Exception {
    Converted converted = Conversion.on(TrainedDigits.calibration(32, "8")).convert(relu);
    assertTrue(converted.network().layers().contains(new Neurons(Neuron.parse("pbit:clip"))));
    assertEquals(List.of(), converted.remarks());
  }

  /// Verification networks end with a rectifier; it and one at the input stay what they are.
  @Test
  void rectifiersAtInputAndOutputStay() throws Exception {
    List<Layer> layers = new ArrayList<>(relu.layers());
    layers.addFirst(new Neurons(Neuron.parse("relu")));
    layers.add(new Neurons(Neuron.parse("relu")));
    Network ends = new Network(relu.input(), layers);
    for (ReluPolicy policy : ReluPolicy.values()) {
      Converted converted =
          Conversion.on(TrainedDigits.calibration(8, "8"))
              .withTolerance(1)
              .withRelus(policy)
              .convert(ends);
      List<Layer> made = converted.network().layers();
      assertEquals(new Neurons(Neuron.parse("relu")), made.getFirst(), policy.toString());
      assertEquals(new Neurons(Neuron.parse("relu")), made.getLast(), policy.toString());
      assertEquals(
          policy == ReluPolicy.KEEP, made.get(3).equals(made.getFirst()), policy.toString());
    }
  }
}
