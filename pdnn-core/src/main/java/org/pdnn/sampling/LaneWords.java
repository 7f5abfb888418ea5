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
final class LaneWords {
  /// Pixels whose words are drawn together: the words of one Philox counter.
  static final int PIXELS = 4;

  private final Kernel kernel;
  private final Run run;

  /// Tiles by pixel, of the first and the second word of a neuron.
  private final int[][] drawn = new int[2][PIXELS * TILE];

  /// Which of `wanted` is in `drawn`; -1 for none.
  private int held;

  /// By group and lane: the first draw that a pass needs, and what makes the pass's words of it.
  private int[][] wanted = new int[0][];

  private int[][] passes = new int[0][];

  private final int[] words = new int[TILE];

  /// The words of two of Philox's counters.
  private final int[] across = new int[2 * PIXELS * LANES];

  /// Lower 32 bits and upper 16 bits of the inputs, between them the draw: Philox's counter.
  private final int[] counters = new int[3 * LANES];

  private final long[] inputs = new long[LANES];
  private RandomWords source = (input, layer, unit, sample) -> 0;
  private int layer;
  private int pixels;
  private int block;
  private int quad;

  LaneWords(Kernel kernel, Run run) {
    this.kernel = kernel;
    this.run = run;
  }

  /// Turns to the groups of a block.
  void groups(Lanes lanes) {
    wanted = new int[lanes.groups()][LANES];
    passes = new int[lanes.groups()][LANES];
    for (int group = 0; group < wanted.length; group++) {
      for (int lane = 0; lane < LANES; lane++) {
        int sample = lanes.sample(group, lane);
        wanted[group][lane] =
            switch (run.scheme()) {
              case INDEPENDENT, STRATIFIED -> sample;
              case ANTITHETIC -> sample / 2;
              case XOR -> 0;
              case SCRAMBLED -> 2 * (sample / Scheme.SCRAMBLED_BLOCK);
            };
        passes[group][lane] =
            switch (run.scheme()) {
              case INDEPENDENT -> 0;
              case ANTITHETIC -> -(sample % 2);
              case XOR -> Integer.reverse(sample);
              case SCRAMBLED -> sample % Scheme.SCRAMBLED_BLOCK;
              case STRATIFIED -> sample;
            };
      }
      if (group > 0 && Arrays.equals(wanted[group], wanted[group - 1])) {
        wanted[group] = wanted[group - 1];
      }
    }
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
    this.held = -1;
  }

  /// A tile of words for one pixel of the four.
  int[] words(int group, int pixel) {
    int[] ofPass = passes[group];
    if (run.scheme() == Scheme.STRATIFIED) {
      RandomWords ranked = run.scheme().over(source, run.samples());
      for (int i = 0; i < TILE; i++) {
        int lane = i % LANES;
        words[i] = ranked.word(inputs[lane], layer, unit(i / LANES, pixel), ofPass[lane]);
      }
      return words;
    }
    if (held < 0 || wanted[held] != wanted[group]) {
      draw(drawn[0], wanted[group], 0);
      if (run.scheme() == Scheme.SCRAMBLED) {
        draw(drawn[1], wanted[group], 1);
      }
      held = group;
    }
    int from = pixel * TILE;
    if (run.scheme() == Scheme.SCRAMBLED) {
      kernel.scramble(drawn[0], drawn[1], from, BLOCK, ofPass, words);
    } else {
      for (int unit = 0; unit < TILE; unit += LANES) {
        for (int lane = 0; lane < LANES; lane++) {
          words[unit + lane] = drawn[0][from + unit + lane] ^ ofPass[lane];
        }
      }
    }
    return words;
  }

  private int unit(int channel, int pixel) {
    return (block * BLOCK + channel) * pixels + quad * PIXELS + pixel;
  }

  /// Draws words for all lanes.
  ///
  /// @param draws by lane, to which `next` is added
  private void draw(int[] target, int[] draws, int next) {
    for (int lane = 0; lane < LANES; lane++) {
      counters[lane] = draws[lane] + next;
      counters[LANES + lane] = (int) inputs[lane];
      counters[2 * LANES + lane] = layer << 16 | (int) (inputs[lane] >>> 32);
    }
    int count = Math.min(PIXELS, pixels - quad * PIXELS);
    if (source instanceof Philox philox) {
      if (pixels == 1 || pixels % PIXELS == 0) {
        draw(philox, target);
      } else {
        drawAcross(philox, target, count);
      }
      return;
    }
    for (int pixel = 0; pixel < count; pixel++) {
      for (int i = 0; i < TILE; i++) {
        int lane = i % LANES;
        target[pixel * TILE + i] =
            source.word(inputs[lane], layer, unit(i / LANES, pixel), counters[lane]);
      }
    }
  }

  private void draw(Philox philox, int[] target) {
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

  /// Where a channel's pixels begin within a counter's four words, two counters hold them.
  private void drawAcross(Philox philox, int[] target, int count) {
    for (int channel = 0; channel < BLOCK; channel++) {
      int first = unit(channel, 0);
      int within = first % PIXELS;
      int counter = first / PIXELS;
      kernel.philox(philox.key0(), philox.key1(), counter, counters, across, 0, LANES);
      if (within + count > PIXELS) {
        kernel.philox(
            philox.key0(), philox.key1(), counter + 1, counters, across, PIXELS * LANES, LANES);
      }
      for (int pixel = 0; pixel < count; pixel++) {
        int to = pixel * TILE + channel * LANES;
        System.arraycopy(across, (within + pixel) * LANES, target, to, LANES);
      }
    }
  }
}
