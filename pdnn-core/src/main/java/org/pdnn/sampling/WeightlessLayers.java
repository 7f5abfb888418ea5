package org.pdnn.sampling;

import java.util.Arrays;
import java.util.List;
import org.pdnn.integer.Affine;
import org.pdnn.integer.Division;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.IntegerNetwork.Node;
import org.pdnn.integer.Order;
import org.pdnn.integer.Values;
import org.pdnn.network.Window;

/// What nodes without weights or neurons make of a row, unit by unit: the definition, by which
/// [IntegerReference] and [IntegerSampler] both compute them.
final class WeightlessLayers {
  /// What a node gives in one pass over one input, by unit.
  interface Row {
    int units();

    int get(int unit);

    void set(int unit, int value);

    /// A row in an array.
    static Row of(int[] values) {
      return new Row() {
        @Override
        public int units() {
          return values.length;
        }

        @Override
        public int get(int unit) {
          return values[unit];
        }

        @Override
        public void set(int unit, int value) {
          values[unit] = value;
        }
      };
    }
  }

  private WeightlessLayers() {}

  /// @param in what the first operand holds
  static void compute(Node node, List<? extends Row> read, Values in, Row to) {
    Values out = node.values();
    Row first = read.getFirst();
    switch (node.layer()) {
      case IntegerLayer.Rescale(Affine affine) -> rescale(affine, first, out, to);
      case IntegerLayer.Sum _ -> {
        for (int unit = 0; unit < out.units(); unit++) {
          int sum = 0;
          for (Row operand : read) {
            sum += operand.get(unit);
          }
          to.set(unit, sum);
        }
      }
      case IntegerLayer.Mixture(List<Integer> multipliers) -> {
        for (int unit = 0; unit < out.units(); unit++) {
          long sum = 0;
          for (int i = 0; i < multipliers.size(); i++) {
            sum += (long) read.get(i).get(unit) * multipliers.get(i);
          }
          to.set(unit, Division.divided(sum));
        }
      }
      case IntegerLayer.Gate(Division division) -> {
        for (int unit = 0; unit < out.units(); unit++) {
          long product = 1;
          for (Row operand : read) {
            product *= operand.get(unit);
          }
          to.set(unit, division.apply(product));
        }
      }
      case IntegerLayer.Concatenation _ -> join(read, out, to);
      case IntegerLayer.Arrangement(Order order) -> {
        for (int unit = 0; unit < out.units(); unit++) {
          to.set(unit, first.get(order.from(unit)));
        }
      }
      case IntegerLayer.Greatest(Window window) ->
          pool(
              window,
              in,
              out,
              (unit, members) -> {
                int greatest = Integer.MIN_VALUE;
                for (int member : members) {
                  greatest = Math.max(greatest, first.get(member));
                }
                to.set(unit, greatest);
              });
      case IntegerLayer.Mean(Window window, Division division) ->
          pool(
              window,
              in,
              out,
              (unit, members) -> {
                long sum = 0;
                for (int member : members) {
                  sum += first.get(member);
                }
                to.set(unit, division.apply(sum));
              });
      case IntegerLayer.Linear _,
          IntegerLayer.Logits _,
          IntegerLayer.PBits _,
          IntegerLayer.Levels _ ->
          throw new IllegalStateException("weights and neurons have ways of their own");
    }
  }

  /// Pre-activations of another scale; `from` and `to` may be the same.
  static void rescale(Affine affine, Row from, Values values, Row to) {
    for (int pixel = 0, unit = 0; pixel < values.pixels(); pixel++) {
      for (int channel = 0; channel < values.channels(); channel++, unit++) {
        to.set(unit, affine.apply(pixel, channel, from.get(unit)));
      }
    }
  }

  private static void join(List<? extends Row> read, Values out, Row to) {
    int first = 0;
    for (Row operand : read) {
      int channels = operand.units() / out.pixels();
      for (int pixel = 0, unit = 0; pixel < out.pixels(); pixel++) {
        for (int channel = 0; channel < channels; channel++, unit++) {
          to.set(pixel * out.channels() + first + channel, operand.get(unit));
        }
      }
      first += channels;
    }
  }

  /// What becomes of the units under one place of a window.
  @FunctionalInterface
  interface Pooling {
    void of(int unit, int[] members);
  }

  /// The units under each place of a window, row by row, without its padding.
  static void pool(Window window, Values in, Values out, Pooling pooling) {
    int[] members = new int[Math.toIntExact(window.size())];
    for (int unit = 0; unit < out.units(); unit++) {
      int channel = unit % out.channels();
      int row = unit / out.channels() / out.columns();
      int column = unit / out.channels() % out.columns();
      int count = 0;
      for (int ky = 0; ky < window.rows().kernel(); ky++) {
        for (int kx = 0; kx < window.columns().kernel(); kx++) {
          int y = window.rows().read(row, ky);
          int x = window.columns().read(column, kx);
          if (y >= 0 && y < in.rows() && x >= 0 && x < in.columns()) {
            members[count++] = (y * in.columns() + x) * in.channels() + channel;
          }
        }
      }
      pooling.of(unit, count == members.length ? members : Arrays.copyOf(members, count));
    }
  }
}
