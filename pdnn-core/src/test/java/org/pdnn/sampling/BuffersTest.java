package org.pdnn.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
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
import org.pdnn.network.Rearrangement;
import org.pdnn.network.Shape;

/// What a sampler keeps in memory.
class BuffersTest {
  private static final int SAMPLES = 4;

  private static Buffers buffers(Network network) {
    boolean[] drawn = network.drawn();
    int[] rows = new int[drawn.length];
    Arrays.setAll(rows, i -> drawn[i] ? SAMPLES : 1);
    return new Buffers(network, drawn, rows);
  }

  /// The most values that are there at once, those of a pass: what a layer writes, what it reads,
  /// and what is read later.
  private static long widestCut(Network network) {
    Readers readers = Readers.of(network);
    List<Shape> shapes = network.shapes();
    long widest = 0;
    for (int now = 0; now < network.layers().size(); now++) {
      long there = shapes.get(now + 1).size();
      for (int before = -1; before < now; before++) {
        if (readers.last(before) >= now) {
          there += shapes.get(before + 1).size();
        }
      }
      widest = Math.max(widest, there);
    }
    return widest;
  }

  /// Layers of three sizes: what a size leaves free, the next cannot use, so the widest cut of each
  /// of the sizes 1, 1/2 and 1/4 is kept.
  @ParameterizedTest
  @ValueSource(strings = {"resnet8", "resnet20", "resnet20:bits-added", "resnet20:pre-activation"})
  void valuesThatWereReadMakeRoom(String preset) {
    Network network = Preset.network(preset, Neuron.parse("pbit:sigmoid"));
    long all = network.shapes().stream().mapToLong(Shape::size).sum();
    long kept = buffers(network).values();
    assertTrue(kept <= 2 * SAMPLES * widestCut(network), kept + " of " + SAMPLES * all);
    assertTrue(kept < SAMPLES * all / (preset.startsWith("resnet8") ? 2 : 5), "of " + all);
  }

  /// A chain of as many layers as one likes keeps two values, and what all passes share.
  @Test
  void aDeepChainTakesNoMoreThanAShallowOne() {
    Layer neurons = new Neurons(Neuron.parse("pbit:tanh"));
    Layer dense = Dense.of(50, 50);
    Network shallow = new Network(Shape.of(50), List.of(dense, neurons, dense, neurons, dense));
    Layer[] many = new Layer[41];
    Arrays.setAll(many, i -> i % 2 == 0 ? dense : neurons);
    Network deep = new Network(Shape.of(50), List.of(many));
    assertEquals(50 * (2 + 2 * SAMPLES), buffers(shallow).values());
    assertEquals(buffers(shallow).values(), buffers(deep).values());
  }

  /// What a layer writes never lies where something lies that is still to be read.
  @Test
  void whatIsStillReadStays() {
    Network network = Preset.network("resnet8", Neuron.parse("pbit:sigmoid"));
    double[][][] values = buffers(network).allocated();
    Readers readers = Readers.of(network);
    for (int now = 0; now < network.layers().size(); now++) {
      for (int before = -1; before < now; before++) {
        if (readers.last(before) >= now && !(network.layers().get(now) instanceof Rearrangement)) {
          assertTrue(
              values[before + 1] != values[now + 1], "layer %s on %s".formatted(now, before));
        }
      }
    }
  }
}
