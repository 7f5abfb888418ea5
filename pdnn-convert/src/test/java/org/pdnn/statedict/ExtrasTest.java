package org.pdnn.statedict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.Dense;
import org.pdnn.network.Network;

/// State dictionaries of two dense layers, 2-3-1, with what other libraries keep beside the weights
/// or in place of them.
class ExtrasTest {
  private static final double[] FIRST = {1, 2, 3, 4, 5, 6};
  private static final double[] SECOND = {0.5, -1, 0.25};
  private static final Network NETWORK = Dicts.mlp(2, 3, 1);

  @TempDir private Path folder;

  private static SafetensorsFile biases() {
    return new SafetensorsFile()
        .with("fc1.bias", "F32", "[3]", 7, 8, 9)
        .with("fc2.bias", "F32", "[1]", 10);
  }

  private static SafetensorsFile weights() {
    return biases()
        .with("fc1.weight", "F32", "[3,2]", FIRST)
        .with("fc2.weight", "F32", "[1,3]", SECOND);
  }

  private Matched matched(byte[] file) throws IOException {
    return Matching.of(StateDict.read(Files.write(folder.resolve("x.safetensors"), file)), NETWORK);
  }

  private static float[] weight(Matched matched, int layer) {
    if (matched.network().layers().get(layer) instanceof Dense dense) {
      return dense.weight().toArray();
    }
    throw new AssertionError(matched.network().layers().get(layer));
  }

  private static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @Test
  void emptyTensorsAreLeftAside() throws IOException {
    Matched matched = matched(weights().with("empty", "F32", "[0,3]").inOrder());
    assertArrayEquals(floats(FIRST), weight(matched, 0));
    assertEquals(List.of("left aside, as they are empty: 'empty'"), matched.remarks());
  }

  @Test
  void scalarsOfSpikingNeuronsAreLeftAside() throws IOException {
    Matched matched =
        matched(
            weights()
                .with("lif1.beta", "F32", "[]", 0.9)
                .with("lif1.threshold", "F32", "[]", 1)
                .with("lif1.reset_mechanism_val", "I64", "[]", 0)
                .sorted());
    assertArrayEquals(floats(SECOND), weight(matched, 2));
    assertTrue(
        matched
            .remarks()
            .contains("left aside, as they are single numbers: 'lif1.beta', 'lif1.threshold'"),
        matched.remarks().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fc%d.weight_%s", "fc%d.parametrizations.weight.original%s"})
  void weightNormIsComputed(String names) throws IOException {
    boolean old = names.endsWith("weight_%s");
    String length = old ? "g" : "0";
    String direction = old ? "v" : "1";
    Matched matched =
        matched(
            biases()
                .with(names.formatted(1, length), "F32", "[3,1]", 1, 10, 2)
                .with(names.formatted(1, direction), "F32", "[3,2]", 3, 4, 0, 2, 6, 8)
                .with(names.formatted(2, length), "F32", "[1,1]", 3)
                .with(names.formatted(2, direction), "F32", "[1,3]", 1, 2, 2)
                .sorted());
    assertArrayEquals(floats(0.6, 0.8, 0, 10, 1.2, 1.6), weight(matched, 0), 1e-6f);
    assertArrayEquals(floats(1, 2, 2), weight(matched, 2), 1e-6f);
    assertTrue(
        matched
            .remarks()
            .contains("computed by weight norm, g v / |v|: 'fc1.weight', 'fc2.weight'"),
        matched.remarks().toString());
  }

  @Test
  void prunedWeightsAreMasked() throws IOException {
    Matched matched =
        matched(
            biases()
                .with("fc1.weight_orig", "F32", "[3,2]", FIRST)
                .with("fc1.weight_mask", "F32", "[3,2]", 1, 0, 0, 1, 1, 0)
                .with("fc2.weight", "F32", "[1,3]", SECOND)
                .inOrder());
    assertArrayEquals(floats(1, 0, 0, 4, 5, 0), weight(matched, 0));
    assertTrue(
        matched.remarks().contains("pruned by their masks: 'fc1.weight'"),
        matched.remarks().toString());
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            "'fc1.mu_weight' describes a distribution of weights; save the means as the weights",
            biases()
                .with("fc1.mu_weight", "F32", "[3,2]", FIRST)
                .with("fc1.rho_weight", "F32", "[3,2]", FIRST)),
        Arguments.of(
            "'fc1.weight_quant.tensor_quant.scaling_impl.value' belongs to a quantiser; save the"
                + " weights as it gives them, layer.quant_weight().value in Brevitas",
            weights()
                .with("fc1.weight_quant.tensor_quant.scaling_impl.value", "F32", "[3,1]", 1, 2, 3)),
        Arguments.of(
            "'fc1.parametrizations.weight.original' is what a parametrisation makes a weight of;"
                + " save the file after torch.nn.utils.parametrize.remove_parametrizations(module,"
                + " \"weight\")",
            biases().with("fc1.parametrizations.weight.original", "F32", "[3,2]", FIRST)),
        Arguments.of(
            "'fc1.weight_orig' makes a weight with what is not in the file or not read; save the"
                + " file after torch.nn.utils.prune.remove(module, \"weight\"), or"
                + " remove_spectral_norm(module)",
            biases().with("fc1.weight_orig", "F32", "[3,2]", FIRST)),
        Arguments.of(
            "its weights 'fc1.weight', 'fc2.weight' are of type I8; save them as F32, in PyTorch by"
                + " .dequantize()",
            biases()
                .with("fc1.weight", "I8", "[3,2]", FIRST)
                .with("fc2.weight", "I8", "[1,3]", 1, 2, 3)),
        Arguments.of(
            "its weights 'fc1.weight', 'fc2.weight' are of type F8_E4M3; save them as F32",
            new SafetensorsFile()
                .with("fc1.weight", "F8_E4M3", "[3,2]", FIRST)
                .with("fc2.weight", "F8_E4M3", "[1,3]", 1, 2, 3)),
        Arguments.of(
            "'fc1.threshold': the name does not say weight, bias, mean or variance; leave out what"
                + " belongs to no layer",
            weights().with("fc1.threshold", "F32", "[3]", 1, 2, 3)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refused(String fault, SafetensorsFile file) {
    String message =
        String.valueOf(assertThrows(IOException.class, () -> matched(file.inOrder())).getMessage());
    assertTrue(message.contains(fault), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void aWeightBesideItsPartsIsRefused() {
    byte[] file =
        weights()
            .with("fc1.weight_orig", "F32", "[3,2]", FIRST)
            .with("fc1.weight_mask", "F32", "[3,2]", Arrays.copyOf(FIRST, 6))
            .inOrder();
    String message =
        String.valueOf(assertThrows(IOException.class, () -> matched(file)).getMessage());
    assertTrue(message.contains("'fc1.weight' is there beside what makes it"), message);
  }
}
