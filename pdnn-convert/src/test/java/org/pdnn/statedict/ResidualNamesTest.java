package org.pdnn.statedict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.FoldBatchNorm;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.Tensor;

/// State dictionaries of residual networks under the names that others give.
class ResidualNamesTest {
  private static final String SHORTCUT = "layer2.0.downsample";
  private static final Network RESNET =
      SmallNetworks.randomised(
          Preset.network("resnet8", Shape.of(3, 8, 8), 4, Neuron.parse("relu")), 3);

  private static Matched matched(Map<String, Tensor> tensors) throws IOException {
    return Matching.of(Dicts.dict(tensors), RESNET);
  }

  @Test
  void tensorsOfOtherNamesAreTakenByTheirOrder() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    RESNET.tensors().values().forEach(tensor -> tensors.put("t" + tensors.size(), tensor));
    Matched matched = matched(tensors);
    assertEquals(RESNET, matched.network());
    assertEquals(
        List.of(
            "no tensors are called as the layers are ('conv1', 'bn1', 'layer1.0.conv1',"
                + " 'layer1.0.bn1' and 13 more): taken by their order and shapes"),
        matched.remarks());
    assertEquals("layer1.0.conv1.weight", matched.matches().get(6).name());
  }

  /// As torchvision has it: `downsample.0` without a bias, `downsample.1` its batch norm.
  @Test
  void aShortcutOfAConvolutionAndItsNormIsOneConvolution() throws IOException {
    Network pair =
        SmallNetworks.randomised(
            Network.of(Shape.of(16, 4, 4))
                .add("0", Convolution.of(16, 32, 1, 2, 0))
                .add("1", BatchNorm.of(32))
                .network(),
            5);
    Map<String, Tensor> tensors = new LinkedHashMap<>(RESNET.tensors());
    tensors.remove(SHORTCUT + ".weight");
    tensors.remove(SHORTCUT + ".bias");
    pair.tensors().forEach((name, tensor) -> tensors.put(SHORTCUT + "." + name, tensor));
    Matched matched = matched(tensors);
    Map<String, Tensor> expected = new LinkedHashMap<>(RESNET.tensors());
    FoldBatchNorm.apply(pair)
        .tensors()
        .forEach((name, tensor) -> expected.put(name.replaceFirst("0", SHORTCUT), tensor));
    assertEquals(expected, matched.network().tensors());
    assertEquals(
        List.of("batch norms folded into the convolutions before them: '" + SHORTCUT + "'"),
        matched.remarks());
  }

  @Test
  void aNameThatIsMissingAmongOthersIsRefusedWithTheRemedy() {
    Map<String, Tensor> tensors = new LinkedHashMap<>(RESNET.tensors());
    tensors.put("layer2.0.shortcut.weight", tensors.remove(SHORTCUT + ".weight"));
    tensors.put("layer2.0.shortcut.bias", tensors.remove(SHORTCUT + ".bias"));
    assertEquals(
        "trained.npz does not fit the architecture: layer 15: no tensors are called"
            + " 'layer2.0.downsample'; give the layers their names in an architecture file, as in"
            + " {\"layer\":\"dense\",\"name\":\"fc1\"}",
        assertThrows(IOException.class, () -> matched(tensors)).getMessage());
  }
}
