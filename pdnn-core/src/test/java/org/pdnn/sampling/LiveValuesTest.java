package org.pdnn.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;

/// A value lives until its last reader has read it, in the references and so in their memory.
class LiveValuesTest {
  /// Values that are there at once while the layers run: a layer's own and those it leaves.
  private static int mostAtOnce(List<List<Integer>> reads) {
    LiveValues<Integer> values = new LiveValues<>(reads, -1);
    int most = 0;
    for (int layer = 0; layer < reads.size(); layer++) {
      assertEquals(reads.get(layer), values.read(layer), "the operands of layer " + layer);
      values.write(layer, layer);
      most = Math.max(most, values.all().size());
    }
    assertEquals(List.of(reads.size() - 1), List.copyOf(values.all()));
    return most;
  }

  @Test
  void aChainOf200LayersKeepsOne() {
    assertEquals(1, mostAtOnce(IntStream.range(0, 200).mapToObj(i -> List.of(i - 1)).toList()));
  }

  /// In a block with a convolution in its shortcut: the block's input or the shortcut, and what
  /// goes through the block.
  @ParameterizedTest
  @ValueSource(strings = {"resnet8", "resnet20", "resnet20:pre-activation"})
  void aResidualNetworkKeepsTwo(String preset) {
    Network network = Preset.network(preset, Neuron.parse("relu"));
    int layers = network.layers().size();
    assertEquals(2, mostAtOnce(IntStream.range(0, layers).mapToObj(network::reads).toList()));
  }

  /// All operands of a join are there until it has run.
  @Test
  void whatIsReadTwiceStays() {
    List<List<Integer>> reads = List.of(List.of(-1), List.of(0), List.of(0), List.of(1, 2, 0, 0));
    assertEquals(3, mostAtOnce(reads));
  }

  @Test
  void whatWasDroppedIsNotRead() {
    LiveValues<String> values = new LiveValues<>(List.of(List.of(-1), List.of(0)), "input");
    values.write(0, "first");
    assertThrows(NullPointerException.class, () -> values.read(0));
  }
}
