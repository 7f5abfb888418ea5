package org.pdnn.statedict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pdnn.names.Printable;
import org.pdnn.network.Tensor;
import org.pdnn.statedict.SavedLayer.Entry;
import org.pdnn.statedict.SavedLayer.Form;

/// The tensors of a file, put together by layers.
///
/// @param list in the order of the file
/// @param sorted whether the file's order is that of names, so that it says nothing
/// @param layout in which the weights are by the words for them; nothing if these do not tell
/// @param training names of tensors that belong to training and not to the network
record SavedLayers(
    List<SavedLayer> list, boolean sorted, Optional<Layout> layout, List<String> training) {
  /// Words that a framework has for weights of one layout.
  private static final Map<String, Layout> LAYOUTS =
      Map.of(
          "weight", Layout.OUTPUTS_FIRST,
          "kernel", Layout.OUTPUTS_LAST,
          "coef", Layout.OUTPUTS_LAST,
          "coefs", Layout.OUTPUTS_LAST);

  SavedLayers {
    list = List.copyOf(list);
    training = List.copyOf(training);
  }

  /// The layers by their names, which differ.
  Map<String, SavedLayer> byName() {
    return list.stream().collect(Collectors.toMap(SavedLayer::name, Function.identity()));
  }

  /// @param wanted modules that are not training's, whatever they are called
  /// @throws IllegalArgumentException naming a tensor that no layer can have
  static SavedLayers of(Map<String, Tensor> tensors, Set<String> wanted) {
    List<String> training = new ArrayList<>();
    Map<String, Tensor> own = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> {
      boolean named =
          TensorName.parse(name).map(TensorName::module).filter(wanted::contains).isPresent();
      if (TensorName.ofTraining(name) && !named) {
        training.add(name);
      } else {
        own.put(name, tensor);
      }
    });
    List<String> unknown =
        own.keySet().stream().filter(name -> TensorName.parse(name).isEmpty()).toList();
    if (unknown.size() == own.size()) {
      return new SavedLayers(inOrder(own), false, Optional.empty(), training);
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: the name does not say weight, bias, mean or variance; leave out what belongs to no layer, and call the rest as in 'fc1.weight'"
              .formatted(StateDict.listed(unknown)));
    }
    return named(own, training);
  }

  private static SavedLayers named(Map<String, Tensor> tensors, List<String> training) {
    Map<String, Map<Role, Entry>> modules = new LinkedHashMap<>();
    List<Layout> layouts = new ArrayList<>();
    tensors.forEach((full, tensor) -> {
      TensorName name = TensorName.parse(full).orElseThrow();
      Entry before =
          modules
              .computeIfAbsent(name.module(), module -> new EnumMap<>(Role.class))
              .putIfAbsent(name.role(), new Entry(full, tensor));
      if (before != null) {
        throw new IllegalArgumentException(
            "'%s' and '%s' are the same tensor of one layer"
                .formatted(Printable.of(before.name()), Printable.of(full)));
      }
      if (tensor.shape().rank() > 1 && LAYOUTS.containsKey(name.word())) {
        layouts.add(LAYOUTS.get(name.word()));
      }
    });
    List<SavedLayer> list = new ArrayList<>();
    modules.forEach((module, entries) -> list.add(SavedLayer.of(module, entries)));
    Optional<Layout> layout =
        layouts.stream().distinct().count() == 1
            ? Optional.of(layouts.getFirst())
            : Optional.empty();
    return new SavedLayers(list, sorted(list, tensors.keySet()), layout, training);
  }

  /// Whether the tensors of each form of layers stand sorted. Writers sort within types of numbers,
  /// and one form of layers seldom has two types.
  private static boolean sorted(List<SavedLayer> list, Set<String> names) {
    boolean sorted = true;
    for (Form form : Form.values()) {
      Set<String> own =
          list.stream()
              .filter(layer -> layer.form() == form)
              .flatMap(layer -> layer.entries().stream().map(Entry::name))
              .collect(Collectors.toSet());
      List<String> present = names.stream().filter(own::contains).toList();
      sorted &= present.equals(present.stream().sorted().toList());
    }
    return sorted;
  }

  /// Layers of tensors whose names say nothing (`arr_0`, `arr_1`, ...): a weight, the vector after
  /// it as its bias, four vectors after that as a batch norm, and so on.
  private static List<SavedLayer> inOrder(Map<String, Tensor> tensors) {
    List<String> names = new ArrayList<>(tensors.keySet());
    if (names.stream().map(name -> Stem.of(name).text()).distinct().count() == 1) {
      names.sort(Comparator.comparing(Stem::of));
    }
    List<SavedLayer> list = new ArrayList<>();
    int next = 0;
    while (next < names.size()) {
      int vectors = next;
      boolean weighted = rank(tensors, names.get(next)) > 1;
      vectors += weighted ? 1 : 0;
      int end = vectors;
      while (end < names.size() && rank(tensors, names.get(end)) == 1) {
        end++;
      }
      int count = end - vectors;
      int biases = weighted ? count % 4 : 0;
      if (biases > 1 || (!weighted && count % 4 != 0)) {
        throw new IllegalArgumentException(
            "'%s' and the vectors after it, %s, are no layer of known order; name the tensors as in"
                    .formatted(Printable.of(names.get(next)), count)
                + " 'fc1.weight', 'fc1.bias'");
      }
      if (weighted) {
        list.add(layer(tensors, names.subList(next, vectors + biases)));
      }
      for (int norm = vectors + biases; norm < end; norm += 4) {
        list.add(layer(tensors, names.subList(norm, norm + 4)));
      }
      next = end;
    }
    return list;
  }

  private static int rank(Map<String, Tensor> tensors, String name) {
    return Optional.ofNullable(tensors.get(name)).orElseThrow().shape().rank();
  }

  /// The roles in the order in which frameworks list them.
  private static SavedLayer layer(Map<String, Tensor> tensors, List<String> names) {
    Map<Role, Entry> entries = new EnumMap<>(Role.class);
    Iterator<String> next = names.iterator();
    for (Role role : Role.values()) {
      if (next.hasNext()) {
        String name = next.next();
        Tensor tensor = Optional.ofNullable(tensors.get(name)).orElseThrow();
        entries.put(role, new Entry(name, tensor));
      }
    }
    return SavedLayer.of(names.getFirst(), entries);
  }
}
