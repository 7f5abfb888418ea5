package org.pdnn.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;

class IntegerSamplerTest {
  private static final RandomWords WORDS = new Philox(11);

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  static Stream<String> formats() {
    return Stream.of("8", "4", "2", "1", "8g", "4g", "2g", "1g");
  }

  private static IntegerNetwork lowered(Network network, String format) {
    return Lowering.of(network, WeightFormat.parse(format), InputGrid.PIXELS).result();
  }

  private static float[][] inputs(int count, Network network, long seed) {
    Random random = new Random(seed);
    float[][] inputs = new float[count][network.input().size()];
    for (float[] input : inputs) {
      for (int i = 0; i < input.length; i++) {
        input[i] = random.nextInt(3) == 0 ? 0 : random.nextInt(256) / 255f;
      }
    }
    return inputs;
  }

  private static void assertEqualsReference(
      IntegerNetwork network, Run run, float[][] inputs, RandomWords words) {
    IntegerReference reference = new IntegerReference(network, run);
    double[][][] outputs = new IntegerSampler(network, run).passes(inputs, 5, words);
    for (int i = 0; i < inputs.length; i++) {
      assertArrayEquals(reference.passes(inputs[i], 5 + i, words), outputs[i], "input " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theEngineEqualsTheReferenceBitForBitOnAnyNetwork(long seed) {
    Random random = new Random(seed);
    Network network = RandomNetworks.convolutional(seed);
    String format = formats().toList().get(random.nextInt(8));
    Scheme scheme = List.of(Scheme.values()).get(random.nextInt(Scheme.values().length));
    LastHidden last = List.of(LastHidden.values()).get(random.nextInt(2));
    int samples = new int[] {1, 2, 5, 17, 35}[random.nextInt(5)];
    Run run = new Run(samples, scheme, Averaging.END, last);
    int count = new int[] {1, 2, 3, 5, 18}[random.nextInt(5)];
    assertEqualsReference(lowered(network, format), run, inputs(count, network, seed), WORDS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 63, 64, 65, 130, 1000})
  void theEngineEqualsTheReferenceAtAwkwardWidths(int width) {
    Network network = RandomNetworks.mlp(width, width, width, 33, 10);
    for (String format : formats().toList()) {
      assertEqualsReference(lowered(network, format), Run.of(3), inputs(3, network, width), WORDS);
    }
  }
}
