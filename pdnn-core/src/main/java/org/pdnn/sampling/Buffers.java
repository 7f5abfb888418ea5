package org.pdnn.sampling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.pdnn.network.Network;
import org.pdnn.network.Place;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.Shape;

/// Which layers of a network write to the same memory: once a value has been read for the last
/// time, another of its size takes its place. What passes share stays, for all of them.
///
/// Layers are computed in two rounds, as [BlockSampler] does: first those that depend on no draw,
/// then the others.
final class Buffers {
  /// By layer, after the input: where its value lies. What only renames shares the slot of what it
  /// reads.
  private final int[] slots;

  /// By slot.
  private final List<Size> sizes = new ArrayList<>();

  /// @param rows passes that are kept apart
  private record Size(int rows, int values) {}

  /// @param drawn by layer: whether it depends on a draw
  /// @param rows by layer: passes that its value is kept apart for
  Buffers(Network network, boolean[] drawn, int[] rows) {
    int layers = drawn.length;
    this.slots = new int[layers + 1];
    int[] owner = owners(network);
    List<List<Integer>> lastReadBy = lastReadBy(network, drawn, owner);
    List<Shape> shapes = network.shapes();
    Map<Size, Deque<Integer>> free = new HashMap<>();
    slots[0] = added(new Size(1, network.input().size()));
    for (int layer : order(drawn)) {
      if (owner[layer + 1] == layer) {
        Size size = new Size(rows[layer], shapes.get(layer + 1).size());
        Integer slot = free.computeIfAbsent(size, _ -> new ArrayDeque<>()).poll();
        slots[layer + 1] = slot == null ? added(size) : slot;
      } else {
        slots[layer + 1] = slots[owner[layer + 1] + 1];
      }
      // After the layer has its own memory: what it reads and what it writes lie apart.
      for (int read : lastReadBy.get(layer)) {
        int slot = slots[read + 1];
        free.computeIfAbsent(sizes.get(slot), _ -> new ArrayDeque<>()).push(slot);
      }
    }
  }

  private int added(Size size) {
    sizes.add(size);
    return sizes.size() - 1;
  }

  private static List<Integer> order(boolean[] drawn) {
    List<Integer> order = new ArrayList<>();
    for (boolean second : new boolean[] {false, true}) {
      IntStream.range(0, drawn.length).filter(i -> drawn[i] == second).forEach(order::add);
    }
    return order;
  }

  /// By layer, after the input: the layer that wrote what it gives, which is itself unless it only
  /// renames.
  private static int[] owners(Network network) {
    int[] owner = new int[network.layers().size() + 1];
    owner[0] = Place.INPUT;
    for (int i = 0; i + 1 < owner.length; i++) {
      owner[i + 1] =
          network.layers().get(i) instanceof Rearrangement
              ? owner[network.reads(i).getFirst() + 1]
              : i;
    }
    return owner;
  }

  /// By layer: the writers whose values it is the last to read, in the order of computing. Of the
  /// input, of what both rounds read and of the network's output there is no last.
  private static List<List<Integer>> lastReadBy(Network network, boolean[] drawn, int[] owner) {
    int layers = drawn.length;
    List<Integer> order = order(drawn);
    int[] place = new int[layers];
    IntStream.range(0, layers).forEach(i -> place[order.get(i)] = i);
    int[] last = new int[layers + 1];
    Arrays.fill(last, -1);
    boolean[] stays = new boolean[layers + 1];
    stays[0] = true;
    stays[owner[layers] + 1] = true;
    for (int reader = 0; reader < layers; reader++) {
      for (int read : network.reads(reader)) {
        int writer = owner[read + 1];
        stays[writer + 1] |= writer == Place.INPUT || drawn[reader] != drawn[writer];
        last[writer + 1] = Math.max(last[writer + 1], place[reader]);
      }
    }
    List<List<Integer>> lastReadBy = new ArrayList<>();
    order.forEach(_ -> lastReadBy.add(new ArrayList<>()));
    for (int writer = 0; writer < layers; writer++) {
      if (owner[writer + 1] == writer && !stays[writer + 1]) {
        lastReadBy.get(order.get(last[writer + 1])).add(writer);
      }
    }
    return lastReadBy;
  }

  /// Numbers that all of them hold.
  long values() {
    return sizes.stream().mapToLong(size -> (long) size.rows() * size.values()).sum();
  }

  /// The memory of each layer's value, after the input.
  double[][][] allocated() {
    double[][][] bySlot = new double[sizes.size()][][];
    Arrays.setAll(bySlot, slot -> new double[sizes.get(slot).rows()][sizes.get(slot).values()]);
    double[][][] all = new double[slots.length][][];
    Arrays.setAll(all, i -> bySlot[slots[i]]);
    return all;
  }
}
