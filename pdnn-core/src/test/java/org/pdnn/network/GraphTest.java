package org.pdnn.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Networks whose layers read other places than the one before them.
class GraphTest {
  private static final Neuron PBIT = Neuron.parse("pbit:sigmoid");
  private static final Shape IMAGE = Shape.of(2, 4, 4);

  @TempDir Path folder;

  private static NetworkBuilder block() {
    return Network.of(IMAGE)
        .add("conv1", Convolution.of(2, 2, 3, 1, 1))
        .add("bn1", BatchNorm.of(2))
        .add(new Neurons(PBIT))
        .add("conv2", Convolution.of(2, 2, 3, 1, 1))
        .add("sum", new Add(), "conv2", "input")
        .add(new Neurons(PBIT));
  }

  @Test
  void aResidualBlockReadsItsInputTwice() {
    Network network = block().network();
    assertFalse(network.chain());
    assertEquals(List.of(3, Place.INPUT), network.reads(4));
    assertEquals(IMAGE, network.output());
    assertEquals(
        List.of(
            "conv1.weight",
            "conv1.bias",
            "bn1.weight",
            "bn1.bias",
            "bn1.running_mean",
            "bn1.running_var",
            "conv2.weight",
            "conv2.bias"),
        List.copyOf(network.tensors().keySet()));
    assertEquals(List.of(2), network.hiddenNeurons());
    assertEquals("layer 2", network.listed(List.of(2)));
    assertEquals("layers conv1, 2", network.listed(List.of(0, 2)));
  }

  @Test
  void aChainIsTheSameHoweverItWasMade() {
    List<Layer> layers = List.of(Convolution.of(2, 3, 3, 1, 1), new Neurons(PBIT));
    NetworkBuilder builder = Network.of(IMAGE);
    layers.forEach(builder::add);
    assertEquals(new Network(IMAGE, layers), builder.network());
    assertTrue(builder.network().chain());
    assertTrue(builder.network().architecture().startsWith("{\"format\":1,"));
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    for (long seed = 1; seed <= 20; seed++) {
      Network network = RandomGraphs.of(seed, 12, PBIT);
      Path file = folder.resolve(seed + ".safetensors");
      new Model(network, Map.of()).write(file);
      assertEquals(network, Model.read(file).network());
    }
  }

  @Test
  void partsThatNothingNeedsAreLeftOut() {
    Network network = block().network();
    assertEquals(4, network.upTo(3).layers().size());
    Network forked =
        Network.of(IMAGE)
            .add("one", Convolution.of(2, 2, 1, 1, 0), "input")
            .add("other", Convolution.of(2, 2, 3, 1, 1), "input")
            .add("sum", new Add(), "one", "other")
            .network();
    Network part = forked.upTo(1);
    assertEquals(List.of(Optional.of("other")), part.places().stream().map(Place::name).toList());
  }

  @Test
  void joinsAskForShapesThatFit() {
    assertEquals(
        Shape.of(5, 4, 4), new Concatenate().output(List.of(Shape.of(2, 4, 4), Shape.of(3, 4, 4))));
    assertFault(
        "layer 1: it joins places of one shape, got 3x4x4 and 2x4x4; read others, or put"
            + " a layer between",
        Network.of(IMAGE)
            .add("wide", Convolution.of(2, 3, 1, 1, 0))
            .add("sum", new Add(), "wide", "input"));
    assertFault(
        "layer 1: it joins places that differ in their first dimension alone, got 2x2x2 and 2x4x4",
        Network.of(IMAGE)
            .add("half", new MaxPool(2))
            .add("both", new Concatenate(), "half", "input"));
    assertFault(
        "layer 0: a join reads two places or more, got 1", Network.of(IMAGE).add("sum", new Add()));
    assertFault(
        "layer 1: it reads one place, got 2; only joins read more",
        Network.of(IMAGE).add("a", new MaxPool(1)).add("b", new MaxPool(1), "a", "input"));
  }

  @Test
  void whatIsNoNetworkIsNamed() {
    assertFault(
        "nothing reads layer dead; let a layer read it or leave it out, as the last layer alone is"
            + " the output",
        Network.of(IMAGE).add("dead", new MaxPool(2)).add("live", new MaxPool(2), "input"));
    assertFault(
        "two layers are called '1'",
        Network.of(IMAGE).add("1", new MaxPool(2)).add(new MaxPool(1)));
    var taken =
        assertThrows(
            IllegalArgumentException.class,
            () -> Network.of(IMAGE).add("a", new MaxPool(2)).add("a", new MaxPool(1)));
    assertEquals("two layers are called 'a'", taken.getMessage());
    var unknown =
        assertThrows(
            IllegalArgumentException.class,
            () -> Network.of(IMAGE).add("a", new MaxPool(2), "later"));
    assertEquals(
        "no layer before it is called 'later'; the network's input is 'input'",
        unknown.getMessage());
    var cycle =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Network(IMAGE, List.of(new MaxPool(2)), List.of(Place.behind(0))));
    assertEquals(
        "layer 0 reads layer 0, but a layer reads those before it and the input",
        cycle.getMessage());
  }

  private static void assertFault(String fault, NetworkBuilder builder) {
    assertEquals(
        fault, assertThrows(IllegalArgumentException.class, builder::network).getMessage());
  }

  /// A batch norm is folded only where it alone reads the weights.
  @Test
  void foldingAndMovingKeepWhatOthersRead() {
    Network network =
        Network.of(IMAGE)
            .add("conv", Convolution.of(2, 2, 3, 1, 1))
            .add("bn", BatchNorm.of(2))
            .add("sum", new Add(), "bn", "conv")
            .add("sigmoid", new Neurons(Neuron.parse("sigmoid")))
            .add("pool", new MaxPool(2), "sigmoid")
            .add("same", new MaxPool(2), "sigmoid")
            .add("out", new Add(), "pool", "same")
            .network();
    assertEquals(network, FoldBatchNorm.apply(network));
    assertEquals(network, MoveNeuronsAfterPool.apply(network));
  }
}
