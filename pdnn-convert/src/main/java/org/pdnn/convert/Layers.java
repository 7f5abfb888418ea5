package org.pdnn.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;

/// A network with one layer changed; layers and shares in words.
final class Layers {
  private Layers() {}

  /// The network with another layer in one place.
  static Network with(Network network, int index, Layer layer) {
    List<Layer> layers = new ArrayList<>(network.layers());
    layers.set(index, layer);
    return new Network(network.input(), layers);
  }

  /// As in `1 layer` or `3 layers`.
  static String count(int layers) {
    return layers == 1 ? "1 layer" : layers + " layers";
  }

  /// As in `layer 3` or `layers 1, 4, 7`.
  static String list(List<Integer> layers) {
    return (layers.size() == 1 ? "layer " : "layers ")
        + layers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /// A share in percent without needless zeros, as in `99.9`.
  static String percent(double share) {
    String text = String.format(Locale.ROOT, "%.2f", 100 * share);
    return text.replaceAll("\\.?0+$", "");
  }
}
