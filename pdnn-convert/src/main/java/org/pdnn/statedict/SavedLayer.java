package org.pdnn.statedict;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Embedding;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.LayerNorm;
import org.pdnn.network.Neurons;
import org.pdnn.network.Pool;
import org.pdnn.network.PositionalEmbedding;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.RmsNorm;
import org.pdnn.network.Shape;
import org.pdnn.network.Softmax;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;

/// The tensors of a file that belong to one layer.
final class SavedLayer {
  private final String name;
  private final Form form;
  private final Map<Role, Entry> entries;

  /// A tensor and its name in the file.
  record Entry(String name, Tensor tensor) {}

  /// What layers can have such tensors.
  enum Form {
    /// A weight of 2 dimensions: dense layers, embeddings.
    MATRIX("dense layers"),
    /// A weight of 4 dimensions, or 3 over sequences: convolutions, transposed ones too.
    KERNEL("convolutions"),
    /// One value a channel: norms.
    CHANNELS("norms");

    private final String layers;

    Form(String layers) {
      this.layers = layers;
    }

    String layers() {
      return layers;
    }

    /// The form of a layer's tensors; nothing if it has none.
    static Optional<Form> of(Layer layer) {
      return switch (layer) {
        case Dense dense -> Optional.of(MATRIX);
        case Convolution convolution -> Optional.of(KERNEL);
        case TransposedConvolution convolution -> Optional.of(KERNEL);
        case Embedding _, PositionalEmbedding _ -> Optional.of(MATRIX);
        case BatchNorm _, LayerNorm _, RmsNorm _ -> Optional.of(CHANNELS);
        case Softmax _, Pool _, Rearrangement _, Neurons _, Join _ -> Optional.empty();
      };
    }
  }

  private SavedLayer(String name, Form form, Map<Role, Entry> entries) {
    this.name = name;
    this.form = form;
    this.entries = entries;
  }

  /// @param name of the module, with which the names of its tensors begin
  /// @throws IllegalArgumentException if no layer has such tensors, naming one of them
  static SavedLayer of(String name, Map<Role, Entry> entries) {
    Map<Role, Entry> own = new EnumMap<>(entries);
    boolean statistics = own.containsKey(Role.MEAN) || own.containsKey(Role.VARIANCE);
    Optional<Entry> weight = Optional.ofNullable(own.get(Role.WEIGHT));
    int rank = weight.map(entry -> entry.tensor().shape().rank()).orElse(statistics ? 1 : 0);
    Form form =
        switch (rank) {
          case 1 -> Form.CHANNELS;
          case 2 -> Form.MATRIX;
          case 3, 4 -> Form.KERNEL;
          case 0 ->
              throw new IllegalArgumentException(
                  "'%s' has no weight beside it".formatted(first(own).name()));
          default ->
              throw new IllegalArgumentException(
                  "'%s' has shape %s, where a weight has 2 dimensions (dense), 3 or 4 (convolution)"
                      .formatted(first(own).name(), first(own).tensor().shape()));
        };
    if (statistics && form != Form.CHANNELS) {
      throw new IllegalArgumentException(
          "'%s' of shape %s has a mean or variance beside it, which no layer has"
              .formatted(first(own).name(), first(own).tensor().shape()));
    }
    return new SavedLayer(name, form, own);
  }

  private static Entry first(Map<Role, Entry> entries) {
    return entries.values().iterator().next();
  }

  String name() {
    return name;
  }

  Form form() {
    return form;
  }

  /// The name of its weight in the file, or of its first tensor.
  String label() {
    return first(entries).name();
  }

  /// In the order weight, bias, mean, variance.
  Collection<Entry> entries() {
    return List.copyOf(entries.values());
  }

  Optional<Entry> entry(Role role) {
    return Optional.ofNullable(entries.get(role));
  }

  Optional<Shape> shape(Role role) {
    return entry(role).map(entry -> entry.tensor().shape());
  }

  /// Whether both have the same tensors, whatever their names.
  boolean sameTensors(SavedLayer other) {
    return this == other
        || (entries.keySet().equals(other.entries.keySet())
            && entries.keySet().stream()
                .allMatch(role ->
                    entry(role).map(Entry::tensor).equals(other.entry(role).map(Entry::tensor))));
  }
}
