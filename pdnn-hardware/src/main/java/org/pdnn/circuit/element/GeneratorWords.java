package org.pdnn.circuit.element;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.pdnn.names.Limits;
import org.pdnn.random.FeedbackRegister;
import org.pdnn.random.RandomWords;

/// The words that the generators of an accelerator give, addressed by use: any of them by a jump
/// from the seed, without those before.
///
/// Channel c of a pixel is computed by element c mod P of P, which takes its units one after the
/// other, pixel by pixel, layer by layer, pass by pass, input by input; a vector is one pixel. The
/// terms of a neuron move the generator of its element, and the word is the state after them. Each
/// element has a stretch of the period of its own.
///
/// After 2^bits - 1 shifts all of them repeat: 2^32 - 1 shifts are 130 million neurons of 33 terms,
/// 2^16 - 1 are two thousand.
public final class GeneratorWords implements RandomWords {
  private final FeedbackRegister register;
  private final long period;
  private final int[] seeds;
  private final int samples;
  private final Map<Integer, Turn> turns = new HashMap<>();
  private final Map<Integer, FeedbackRegister.Jump> jumps = new HashMap<>();
  private final Map<Integer, Long> before = new HashMap<>();
  private final long shiftsOfDraw;

  /// A layer of p-bits in a pass.
  ///
  /// @param layer its address
  /// @param pixels of the image that it draws
  /// @param channels neurons of a pixel
  /// @param shifts of the generator for each of them, at least as many as it has bits
  public record Turn(int layer, int pixels, int channels, long shifts) {
    /// A layer of neurons that lie in a row.
    public Turn(int layer, int units, long shifts) {
      this(layer, 1, units, shifts);
    }

    private int units() {
      return pixels * channels;
    }

    /// Neurons of a pixel that each element computes, or none in place of the last.
    private int groups(int elements) {
      return Math.ceilDiv(channels, elements);
    }
  }

  /// @param register of each element
  /// @param seed the first state of the first element's
  /// @param elements P
  /// @param pass the layers of a pass, in order
  /// @param samples words that a unit takes for an input, T of independent passes
  /// @throws IllegalArgumentException if a layer's shifts are fewer than the register has bits: its
  ///   words would be shifted copies of each other
  public GeneratorWords(
      FeedbackRegister register, int seed, int elements, List<Turn> pass, int samples) {
    this.register = register;
    this.period = (1L << register.width()) - 1;
    this.samples = samples;
    Limits.atLeast("samples", 1, samples);
    Limits.between("elements", 1, 1 << 12, elements);
    if (seed == 0) {
      throw new IllegalArgumentException("a register never leaves 0; use another seed");
    }
    this.seeds = new int[elements];
    for (int element = 0; element < elements; element++) {
      seeds[element] = register.advance(seed, stretch(register, elements) * element);
    }
    long shifts = 0;
    for (Turn turn : pass) {
      if (turn.shifts < register.width()) {
        throw new IllegalArgumentException(
            "layer %s: a word of %s bits after %s shifts holds bits of the last one; leap further"
                .formatted(turn.layer, register.width(), turn.shifts));
      }
      turns.put(turn.layer, turn);
      jumps.put(turn.layer, register.jump(turn.shifts));
      before.put(turn.layer, shifts);
      shifts += (long) turn.pixels * turn.groups(elements) * turn.shifts;
    }
    this.shiftsOfDraw = shifts;
  }

  /// Shifts from an element's first state to that of the next element.
  public static long stretch(FeedbackRegister register, int elements) {
    return ((1L << register.width()) - 1) / elements;
  }

  /// Shifts of each element for one word of all units.
  public long shiftsOfDraw() {
    return shiftsOfDraw;
  }

  /// The first state of an element's generator.
  public int seed(int element) {
    return seeds[element];
  }

  @Override
  public int word(long input, int layer, int unit, int sample) {
    Turn turn = turn(layer, unit, sample);
    int channel = unit % turn.channels;
    long group = (long) unit / turn.channels * turn.groups(seeds.length) + channel / seeds.length;
    long shifts = plus(shifts(input, layer, sample), times(group + 1, turn.shifts));
    return register.word(register.advance(seeds[channel % seeds.length], shifts));
  }

  /// Element by element, from one of its units to the next.
  @Override
  public void fill(long input, int layer, int sample, int[] words) {
    Turn turn = turn(layer, words.length - 1, sample);
    FeedbackRegister.Jump jump = Objects.requireNonNull(jumps.get(layer));
    long shifts = shifts(input, layer, sample);
    int places = turn.groups(seeds.length) * seeds.length;
    for (int element = 0; element < seeds.length; element++) {
      int state = register.advance(seeds[element], shifts);
      for (int first = 0; first < words.length; first += turn.channels) {
        for (int channel = element; channel < places; channel += seeds.length) {
          state = jump.from(state);
          if (channel < turn.channels && first + channel < words.length) {
            words[first + channel] = register.word(state);
          }
        }
      }
    }
  }

  private Turn turn(int layer, int unit, int sample) {
    Turn turn = turns.get(layer);
    if (turn == null || unit >= turn.units() || sample >= samples) {
      throw new IllegalArgumentException(
          "no word was foreseen for layer %s, unit %s, sample %s".formatted(layer, unit, sample));
    }
    return turn;
  }

  /// Shifts of each element before a layer's first.
  private long shifts(long input, int layer, int sample) {
    long passes = plus(times(input, samples), sample);
    return plus(times(passes, shiftsOfDraw), before.getOrDefault(layer, 0L));
  }

  /// Modulo the period; factors below 2^32 do not overflow 64 bits without a sign.
  private long times(long a, long b) {
    return Long.remainderUnsigned((a % period) * (b % period), period);
  }

  private long plus(long a, long b) {
    return (a % period + b % period) % period;
  }
}
