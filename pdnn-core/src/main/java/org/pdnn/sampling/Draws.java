package org.pdnn.sampling;

import static org.pdnn.sampling.kernel.Kernel.BLOCK;
import static org.pdnn.sampling.kernel.Kernel.LANES;
import static org.pdnn.sampling.kernel.Kernel.TILE;

import java.util.Arrays;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.kernel.Kernel;

/// The random words of sixteen neurons in sixteen lanes, at up to four pixels in a row.
///
/// Words are drawn by [Philox] for all lanes at once, and drawn once for all passes that share
/// them: in the scrambled scheme two words of a neuron serve 32 passes.
final class Draws {
  /// Pixels whose words are drawn together: the words of one Philox counter.
  static final int PIXELS = 4;

  private final Kernel kernel;
  private final Run run;

  /// Tiles by pixel, of the first and the second word of a neuron.
  private final int[][] drawn = new int[2][PIXELS * TILE];

  /// By lane, which draw `drawn` holds; -1 for none.
  private final int[][] held = new int[2][LANES];

  private final int[] wanted = new int[LANES];
  private final int[] passes = new int[LANES];
  private final int[] words = new int[TILE];

  /// Lower 32 bits and upper 16 bits of the inputs, between them the draw: Philox's counter.
  private final int[] counters = new int[3 * LANES];

  private final long[] inputs = new long[LANES];
  private RandomWords source = (input, layer, unit, sample) -> 0;
  private int layer;
  private int pixels;
  private int block;
  private int quad;

  Draws(Kernel kernel, Run run) {
    this.kernel = kernel;
    this.run = run;
  }

  /// Turns to a family of lanes.
  ///
  /// @param addresses of the inputs that the lanes count
  void family(RandomWords words, long[] addresses, Lanes lanes, int family) {
    source = words;
    for (int lane = 0; lane < LANES; lane++) {
      inputs[lane] = addresses[lanes.input(family, lane)];
    }
  }

  /// Turns to sixteen channels at four pixels of a layer.
  ///
  /// @param pixels pixels of the layer
  /// @param quad pixels 4 quad to 4 quad + 3
  void units(int layer, int pixels, int block, int quad) {
    this.layer = layer;
    this.pixels = pixels;
    this.block = block;
    this.quad = quad;
    Arrays.fill(held[0], -1);
    Arrays.fill(held[1], -1);
  }

  /// A tile of words for one pixel of the four.
  int[] words(Lanes lanes, int group, int pixel) {
    switch (run.scheme()) {
      case INDEPENDENT -> {
        for (int lane = 0; lane < LANES; lane++) {
          wanted[lane] = lanes.sample(group, lane);
        }
        draw(0);
        System.arraycopy(drawn[0], pixel * TILE, words, 0, TILE);
      }
      case ANTITHETIC -> {
        for (int lane = 0; lane < LANES; lane++) {
          int sample = lanes.sample(group, lane);
          wanted[lane] = sample / 2;
          passes[lane] = -(sample % 2);
        }
        draw(0);
        shift(pixel);
      }
      case XOR -> {
        for (int lane = 0; lane < LANES; lane++) {
          wanted[lane] = 0;
          passes[lane] = Integer.reverse(lanes.sample(group, lane));
        }
        draw(0);
        shift(pixel);
      }
      case SCRAMBLED -> {
        for (int lane = 0; lane < LANES; lane++) {
          int sample = lanes.sample(group, lane);
          wanted[lane] = 2 * (sample / Scheme.SCRAMBLED_BLOCK);
          passes[lane] = sample % Scheme.SCRAMBLED_BLOCK;
        }
        draw(0);
        for (int lane = 0; lane < LANES; lane++) {
          wanted[lane]++;
        }
        draw(1);
        kernel.scramble(drawn[0], drawn[1], pixel * TILE, BLOCK, passes, words);
      }
      case STRATIFIED -> {
        RandomWords ranked = run.scheme().over(source, run.samples());
        for (int i = 0; i < TILE; i++) {
          int sample = lanes.sample(group, i % LANES);
          words[i] = ranked.word(inputs[i % LANES], layer, unit(i / LANES, pixel), sample);
        }
      }
    }
    return words;
  }

  /// The words are those drawn, XOR a mask of the pass.
  private void shift(int pixel) {
    int from = pixel * TILE;
    for (int unit = 0; unit < TILE; unit += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        words[unit + lane] = drawn[0][from + unit + lane] ^ passes[lane];
      }
    }
  }

  private int unit(int channel, int pixel) {
    return (block * BLOCK + channel) * pixels + quad * PIXELS + pixel;
  }

  /// Draws the wanted words unless they are there.
  private void draw(int which) {
    if (Arrays.equals(held[which], wanted)) {
      return;
    }
    System.arraycopy(wanted, 0, held[which], 0, LANES);
    boolean aligned = pixels == 1 || pixels % PIXELS == 0;
    if (source instanceof Philox philox && aligned) {
      draw(philox, drawn[which]);
      return;
    }
    int count = Math.min(PIXELS, pixels - quad * PIXELS);
    for (int pixel = 0; pixel < count; pixel++) {
      for (int i = 0; i < TILE; i++) {
        int lane = i % LANES;
        drawn[which][pixel * TILE + i] =
            source.word(inputs[lane], layer, unit(i / LANES, pixel), wanted[lane]);
      }
    }
  }

  private void draw(Philox philox, int[] target) {
    for (int lane = 0; lane < LANES; lane++) {
      counters[lane] = wanted[lane];
      counters[LANES + lane] = (int) inputs[lane];
      counters[2 * LANES + lane] = layer << 16 | (int) (inputs[lane] >>> 32);
    }
    int key0 = philox.key0();
    int key1 = philox.key1();
    if (pixels == 1) {
      for (int channel = 0; channel < BLOCK; channel += PIXELS) {
        int counter = (block * BLOCK + channel) / PIXELS;
        kernel.philox(key0, key1, counter, counters, target, channel * LANES, LANES);
      }
      return;
    }
    for (int channel = 0; channel < BLOCK; channel++) {
      int counter = (block * BLOCK + channel) * (pixels / PIXELS) + quad;
      kernel.philox(key0, key1, counter, counters, target, channel * LANES, TILE);
    }
  }
}
