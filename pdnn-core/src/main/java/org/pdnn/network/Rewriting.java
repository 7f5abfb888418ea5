package org.pdnn.network;

import java.util.ArrayList;
import java.util.List;

/// A network made anew from another, layer by layer, where some layers go, come or change place.
public final class Rewriting {
  private final Network old;
  private final List<Layer> layers = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();

  /// By old layer, from the input on: the new layer that gives the same.
  private final int[] now;

  /// Begins with nothing.
  public Rewriting(Network old) {
    this.old = old;
    this.now = new int[old.layers().size() + 1];
    now[0] = Place.INPUT;
  }

  /// The new layer that gives what an old one gave.
  public int now(int layer) {
    return now[layer + 1];
  }

  /// The new layers so far.
  Layer layer(int index) {
    return layers.get(index);
  }

  /// Another layer in place of a new one.
  void set(int index, Layer layer) {
    layers.set(index, layer);
  }

  /// Takes over an old layer.
  public void keep(int layer) {
    put(layer, old.layers().get(layer), old.reads(layer).stream().map(this::now).toList());
  }

  /// Gives what an old layer gave by another one under its name.
  ///
  /// @param reads new layers
  public void put(int layer, Layer by, List<Integer> reads) {
    places.add(old.places().get(layer).reading(reads));
    layers.add(by);
    same(layer, layers.size() - 1);
  }

  /// An old layer's output is from now on that of a new layer that is there already.
  public void same(int layer, int index) {
    now[layer + 1] = index;
  }

  /// The new network.
  public Network network() {
    return new Network(old.input(), layers, places);
  }
}
