package org.pdnn.sampling.pbits;

import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;

/// Words of the scrambled scheme from [Philox]: two of a unit are drawn for 32 passes and kept.
///
/// The coins of [Scheme#scrambled] are kept where one multiplication brings the coin of a pass to
/// its bit of the draw, from the top: 14 to 11. The coin of bit 10, the same in all passes, is
/// flipped into the shift.
final class ScrambledWords extends Words {
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;

  private final PhiloxLanes philox;
  private final int units;
  private final short[] draws = new short[CHUNK];

  /// By slot.
  private final @Nullable Kept[] kept;

  /// What is drawn for an input.
  private static final class Kept {
    /// The input's address, and the block of 32 passes; -1 for none.
    private long input = -1;

    private int block = -1;

    /// By unit, 15 bits.
    private final short[] shifts;

    /// By unit: the sixteen coins of bit 14, from the bottom.
    private final short[] coins;

    /// By unit, from the bottom: two coins of bit 11, four of bit 12, eight of bit 13, and that of
    /// bit 14 for the last two passes.
    private final short[] others;

    Kept(int units) {
      this.shifts = new short[units];
      this.coins = new short[units];
      this.others = new short[units];
    }
  }

  ScrambledWords(Philox philox, int layer, int units, int slots) {
    this.philox = new PhiloxLanes(philox, layer);
    this.units = units;
    this.kept = new Kept[slots];
  }

  @Override
  public void forget(int slot) {
    Kept own = kept[slot];
    if (own != null) {
      own.block = -1;
    }
  }

  @Override
  short[] draw(int pass, int from, int n) {
    Kept own = kept[slot()];
    if (own == null) {
      own = new Kept(Math.ceilDiv(units, PhiloxLanes.UNITS) * PhiloxLanes.UNITS);
      kept[slot()] = own;
    }
    int block = pass / Scheme.SCRAMBLED_BLOCK;
    if (own.input != input() || own.block != block) {
      own.input = input();
      own.block = block;
      philox.draw(input(), 2 * block, units, own.shifts, own.coins);
      philox.draw(input(), 2 * block + 1, units, own.others, own.coins);
      arrange(own.shifts, own.coins, own.others);
    }
    short[] top = pass % Scheme.SCRAMBLED_BLOCK >> 1 == 15 ? own.others : own.coins;
    scramble(pass % Scheme.SCRAMBLED_BLOCK, from, n, own.shifts, top, own.others);
    return draws;
  }

  private static void arrange(short[] shifts, short[] coins, short[] others) {
    for (int unit = 0; unit < shifts.length; unit += SHORTS.length()) {
      ShortVector upper = ShortVector.fromArray(SHORTS, others, unit);
      ShortVector.fromArray(SHORTS, shifts, unit)
          .lanewise(VectorOperators.LSHR, 1)
          .lanewise(
              VectorOperators.XOR, upper.lanewise(VectorOperators.LSHR, 4).and((short) (1 << 10)))
          .intoArray(shifts, unit);
      upper
          .lanewise(VectorOperators.LSHR, 12)
          .and((short) 3)
          .or(upper.lanewise(VectorOperators.LSHR, 6).and((short) (15 << 2)))
          .or(upper.lanewise(VectorOperators.LSHL, 6).and((short) (255 << 6)))
          .or(
              ShortVector.fromArray(SHORTS, coins, unit)
                  .lanewise(VectorOperators.LSHR, 1)
                  .and((short) (1 << 14)))
          .intoArray(others, unit);
    }
  }

  /// @param top whose bits are the coins of bit 14
  private void scramble(int t, int from, int n, short[] shifts, short[] top, short[] others) {
    short left14 = (short) (t >> 1 == 15 ? 1 : 1 << (14 - (t >> 1)));
    short left13 = (short) (1 << (13 - 6 - (t >> 2)));
    short left12 = (short) (1 << (12 - 2 - (t >> 3)));
    short left11 = (short) (1 << (11 - (t >> 4)));
    short reversed = (short) (Integer.reverse(t) >>> SHIFT);
    for (int i = 0; i < n; i += SHORTS.length()) {
      ShortVector other = ShortVector.fromArray(SHORTS, others, from + i);
      ShortVector.fromArray(SHORTS, shifts, from + i)
          .lanewise(VectorOperators.XOR, reversed)
          .lanewise(
              VectorOperators.XOR,
              ShortVector.fromArray(SHORTS, top, from + i).mul(left14).and((short) (1 << 14)))
          .lanewise(VectorOperators.XOR, other.mul(left13).and((short) (1 << 13)))
          .lanewise(VectorOperators.XOR, other.mul(left12).and((short) (1 << 12)))
          .lanewise(VectorOperators.XOR, other.mul(left11).and((short) (1 << 11)))
          .intoArray(draws, i);
    }
  }
}
