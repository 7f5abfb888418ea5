package org.pdnn.sampling;

import java.util.List;
import org.pdnn.integer.Affine;
import org.pdnn.integer.Division;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.IntegerNetwork.Node;
import org.pdnn.integer.Order;
import org.pdnn.integer.Values;
import org.pdnn.network.Window;

/// What nodes without weights or neurons make of a row, unit by unit.
final class WeightlessLayers {
  /// One row of what a node gives.
  ///
  /// @param at where it begins
  /// @param shift of what is read there
  record Row(Cells cells, long at, int shift) {
    static Row of(Cells cells, int row) {
      return new Row(cells, cells.at(row), 0);
    }

    int get(int unit) {
      return cells.get(at + unit) << shift;
    }

    void set(int unit, int value) {
      cells.set(at + unit, value);
    }
  }

  private WeightlessLayers() {}

  /// @param in what the first operand holds
  static void compute(Node node, List<Row> read, Values in, Row to) {
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
      case IntegerLayer.Greatest(Window window) -> greatest(window, first, in, out, to);
      case IntegerLayer.Mean(Window window, Division division) ->
          mean(window, division, first, in, out, to);
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

  private static void join(List<Row> read, Values out, Row to) {
    int first = 0;
    for (Row operand : read) {
      int channels = operand.cells().units / out.pixels();
      for (int pixel = 0, unit = 0; pixel < out.pixels(); pixel++) {
        for (int channel = 0; channel < channels; channel++, unit++) {
          to.set(pixel * out.channels() + first + channel, operand.get(unit));
        }
      }
      first += channels;
    }
  }

  private static void greatest(Window window, Row from, Values in, Values out, Row to) {
    for (int unit = 0; unit < out.units(); unit++) {
      int greatest = Integer.MIN_VALUE;
      int row = unit / out.channels() / out.columns();
      int column = unit / out.channels() % out.columns();
      for (int member : PoolMembers.of(window, in, row, column, unit % out.channels())) {
        greatest = Math.max(greatest, from.get(member));
      }
      to.set(unit, greatest);
    }
  }

  private static void mean(
      Window window, Division division, Row from, Values in, Values out, Row to) {
    for (int unit = 0; unit < out.units(); unit++) {
      long sum = 0;
      int row = unit / out.channels() / out.columns();
      int column = unit / out.channels() % out.columns();
      for (int member : PoolMembers.of(window, in, row, column, unit % out.channels())) {
        sum += from.get(member);
      }
      to.set(unit, division.apply(sum));
    }
  }
}
