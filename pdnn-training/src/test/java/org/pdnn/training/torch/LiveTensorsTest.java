package org.pdnn.training.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.Dense;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Preset;
import org.pdnn.network.Readers;
import org.pdnn.network.Shape;
import org.pdnn.random.Scheme;

/// What inference in libtorch keeps: values that are still to be read.
class LiveTensorsTest {
  private static final int UNITS = 20;

  @BeforeAll
  static void load() {
    Libtorch.load();
  }

  /// A scope that counts the numbers in the tensors that it holds.
  private static final class Counting extends PointerScope {
    private final IdentityHashMap<Pointer, Long> live = new IdentityHashMap<>();
    private long most;

    @Override
    public PointerScope attach(Pointer pointer) {
      super.attach(pointer);
      live.put(pointer, 0L);
      return this;
    }

    @Override
    public PointerScope detach(Pointer pointer) {
      live.remove(pointer);
      return super.detach(pointer);
    }

    /// Tensors are measured later than attached: that happens while they are made.
    void count() {
      live.replaceAll((pointer, _) -> pointer instanceof Tensor tensor ? tensor.numel() : 0L);
      most = Math.max(most, live.values().stream().mapToLong(Long::longValue).sum());
    }
  }

  /// The most numbers that a run of one input keeps at once, the input among them.
  private static long most(Network network, Forward.Mode mode) {
    try (var weights = new FixedWeights(network);
        Counting scope = new Counting();
        var _ = new AutoGradMode(false)) {
      Forward forward = new Forward(network, weights, new Noise(Scheme.INDEPENDENT, 1), mode);
      Tensor x = Inputs.of(network.input(), new float[network.input().size()]);
      scope.live.clear();
      scope.live.put(x, 0L);
      forward.run(
          x,
          (layer, values) -> {
            scope.count();
            return forward.run(values, layer);
          });
      scope.count();
      return scope.most;
    }
  }

  /// The most numbers that lie between two layers, written before and read later, and the input,
  /// which is the caller's.
  private static long widestCut(Network network) {
    Readers readers = Readers.of(network);
    List<Shape> shapes = network.shapes();
    long widest = 0;
    for (int now = 0; now <= network.layers().size(); now++) {
      long there = network.input().size();
      for (int before = 0; before < now; before++) {
        if (readers.last(before) >= now) {
          there += shapes.get(before + 1).size();
        }
      }
      widest = Math.max(widest, there);
    }
    return widest;
  }

  private static Network chain(int hidden, Neuron neuron) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < hidden; i++) {
      layers.addAll(List.of(Dense.of(UNITS, UNITS), new Neurons(neuron)));
    }
    return new Network(Shape.of(UNITS), layers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet8", "resnet20", "resnet20:pre-activation"})
  void aResidualNetworkKeepsItsWidestCut(String preset) {
    Network network = Preset.network(preset, Neuron.parse("relu"));
    assertEquals(widestCut(network), most(network, Forward.Mode.INFER));
    assertTrue(most(network, Forward.Mode.TEST) > 2 * widestCut(network), "gradients keep all");
  }

  @Test
  void aDeepChainKeepsOneValue() {
    assertEquals(2 * UNITS, most(chain(100, Neuron.parse("relu")), Forward.Mode.INFER));
  }

  /// What passes share is freed with them, what a pass makes with the pass's last reader.
  @Test
  void passesOfADeepChainKeepOneValueEach() {
    Network network = chain(100, Neuron.parse("pbit:sigmoid"));
    try (var weights = new FixedWeights(network);
        Counting scope = new Counting();
        var _ = new AutoGradMode(false)) {
      Noise noise = new Noise(Scheme.INDEPENDENT, 1);
      noise.begin(1);
      Forward forward = new Forward(network, weights, noise, Forward.Mode.INFER);
      Tensor x = Inputs.of(network.input(), new float[UNITS]);
      scope.live.clear();
      Forward.Shared shared = forward.enter(x);
      assertEquals(1, scope.live.size(), "the means of the first p-bits");
      for (int pass = 1; pass <= 3; pass++) {
        noise.pass(pass - 1);
        Tensor bits = forward.pass(shared);
        assertEquals(1 + pass, scope.live.size(), "outputs of passes");
        for (float bit : Parameters.array(bits)) {
          assertTrue(bit == 0 || bit == 1, "a bit of " + bit);
        }
      }
    }
  }
}
