package org.pdnn.statedict;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pdnn.names.Nearest;
import org.pdnn.names.Printable;
import org.pdnn.network.Convolution;
import org.pdnn.network.LeftAside;
import org.pdnn.network.Network;
import org.pdnn.network.Outline;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.statedict.SavedLayer.Form;

/// Finds for each layer of an architecture its tensors in a file, whatever they are called there.
///
/// Tensors are put together by what their names begin with, `conv1` of `conv1.weight`. Which of
/// them are which layer is decided, in this order, by
///
/// 1. the architecture, where it gives its layers names and the file has any of them;
/// 2. our own names, `0.weight` for layer 0, if the file has these and no others;
/// 3. the shapes. Layers of a kind come in the order of the file; where the file is sorted by name,
///    as safetensors are, by the numbers in their names: `fc2` before `fc10`.
///
/// If that leaves two ways that make different networks, none is taken. Weights of Keras and JAX,
/// whose inputs come first, are transposed.
public final class Matching {
  private static final String NAME_THEM =
      "give the layers their names in an architecture file, as in"
          + " {\"layer\":\"dense\",\"name\":\"fc1\"}";

  private final Outline outline;
  private final SavedLayers saved;
  private final Map<Integer, SavedLayer> fixed;
  private final List<SavedLayer> free;
  private String misfit = "";

  private Matching(Outline outline, SavedLayers saved, Map<Integer, SavedLayer> fixed) {
    this.outline = outline;
    this.saved = saved;
    this.fixed = fixed;
    free = saved.list().stream().filter(layer -> !fixed.containsValue(layer)).toList();
  }

  /// Matches tensors to a network, of which input, layers and shapes count.
  ///
  /// @throws IOException in one sentence with the file, if they do not fit or in several ways
  public static Matched of(StateDict dict, Network network) throws IOException {
    return of(dict, Outline.of(network));
  }

  /// Matches tensors to an architecture.
  ///
  /// @throws IOException in one sentence with the file, if they do not fit or in several ways
  public static Matched of(StateDict dict, Outline outline) throws IOException {
    try {
      Set<String> wanted =
          outline.parts().stream()
              .flatMap(part -> part.name().stream())
              .map(TensorName::module)
              .collect(Collectors.toSet());
      requireRealWeights(dict.unread());
      List<String> remarks = new ArrayList<>(dict.remarks());
      Map<String, Tensor> tensors = Reparametrised.resolved(dict.tensors(), remarks);
      SavedLayers saved =
          FoldedNorms.of(SavedLayers.of(perToken(tensors, outline), wanted), outline, remarks);
      Matching matching = new Matching(outline, saved, named(outline, saved, remarks));
      Assignment assignment = matching.assignment();
      Matched matched = Assembly.of(outline, assignment);
      remarks.addAll(StateDict.leftAside(saved.training(), "belong to training"));
      if (!matching.keeps(Order.FILE, assignment)) {
        remarks.add(
            "layers come in another order than the file's, by the numbers in their names and by"
                + " their shapes");
      }
      return new Matched(matched.network(), matched.matches(), remarks);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s does not fit the architecture: %s".formatted(dict.file(), e.getMessage()), e);
    }
  }

  /// A matrix that a convolution has the name of is its kernel of one pixel: a dense layer of
  /// tokens.
  private static Map<String, Tensor> perToken(Map<String, Tensor> tensors, Outline outline) {
    Set<String> convolutions =
        outline.parts().stream()
            .filter(part -> part.layer() instanceof Convolution)
            .flatMap(part -> part.name().stream())
            .map(TensorName::module)
            .collect(Collectors.toSet());
    Map<String, Tensor> all = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> {
      Optional<TensorName> parsed =
          TensorName.parse(name).filter(own -> convolutions.contains(own.module()));
      Shape shape = tensor.shape();
      boolean matrix = parsed.isPresent() && shape.rank() == 2;
      all.put(
          name,
          matrix && parsed.get().word().equals("weight")
              ? new Tensor(Shape.of(shape.dimension(0), shape.dimension(1), 1, 1), tensor.toArray())
              : tensor);
    });
    return all;
  }

  /// Refuses weights of a type that is not read.
  private static void requireRealWeights(List<LeftAside> unread) {
    List<LeftAside> weights =
        unread.stream()
            .filter(found -> !found.real() && found.extents().size() > 1)
            .filter(found ->
                TensorName.parse(found.name())
                    .filter(name -> name.role() == Role.WEIGHT)
                    .isPresent())
            .toList();
    if (!weights.isEmpty()) {
      throw new IllegalArgumentException(
          "its weights %s are of type %s; save them as F32, in PyTorch by .dequantize() where a quantiser made them, else by .float()"
              .formatted(
                  StateDict.listed(weights.stream().map(LeftAside::name).toList()),
                  Printable.of(weights.getFirst().type(), 20)));
    }
  }

  /// The saved layers of the layers that the architecture names; none if the file calls all of them
  /// otherwise.
  private static Map<Integer, SavedLayer> named(
      Outline outline, SavedLayers saved, List<String> remarks) {
    Map<String, SavedLayer> byName = saved.byName();
    List<String> wanted =
        outline.parts().stream()
            .filter(part -> Form.of(part.layer()).isPresent())
            .flatMap(part -> part.name().stream())
            .map(TensorName::module)
            .toList();
    Map<Integer, SavedLayer> named = new HashMap<>();
    if (wanted.stream().noneMatch(byName::containsKey)) {
      if (!wanted.isEmpty()) {
        remarks.add(
            "no tensors are called as the layers are (%s): taken by their order and shapes"
                .formatted(StateDict.listed(wanted)));
      }
      return named;
    }
    for (int i = 0; i < outline.parts().size(); i++) {
      Outline.Part part = outline.parts().get(i);
      if (part.name().isPresent() && Form.of(part.layer()).isPresent()) {
        String name = Printable.of(part.name().get());
        SavedLayer layer = byName.get(TensorName.module(part.name().get()));
        if (layer == null) {
          throw new IllegalArgumentException(
              "layer %s: no tensors are called '%s'%s; %s"
                  .formatted(
                      i,
                      name,
                      Nearest.suggestion(name, others(byName.keySet(), wanted)),
                      NAME_THEM));
        }
        if (!Form.of(part.layer()).equals(Optional.of(layer.form()))) {
          throw new IllegalArgumentException(
              "layer %s (%s): '%s' are tensors of %s"
                  .formatted(i, part.kind(), name, layer.form().layers()));
        }
        if (named.containsValue(layer)) {
          throw new IllegalArgumentException(
              "layer %s: '%s' is the name of a layer before it".formatted(i, name));
        }
        named.put(i, layer);
      }
    }
    return named;
  }

  /// Names that the architecture has not, as many as can be compared in no time.
  private static List<String> others(Set<String> names, List<String> wanted) {
    return names.stream()
        .filter(name -> name.length() <= 80 && !wanted.contains(name))
        .limit(1000)
        .toList();
  }

  private Assignment assignment() {
    requireCounts();
    List<Layout> layouts =
        saved.layout().equals(Optional.of(Layout.OUTPUTS_LAST))
            ? List.of(Layout.OUTPUTS_LAST, Layout.OUTPUTS_FIRST)
            : List.of(Layout.OUTPUTS_FIRST, Layout.OUTPUTS_LAST);
    List<Assignment> found = new ArrayList<>();
    for (Layout layout : layouts) {
      Optional<Assignment> fitting = underOurNames(layout).or(() -> assignment(layout));
      if (fitting.isPresent() && saved.layout().isPresent()) {
        return fitting.get();
      }
      fitting.ifPresent(found::add);
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(misfit);
    }
    if (found.size() > 1
        && !Assembly.of(outline, found.get(0))
            .network()
            .equals(Assembly.of(outline, found.get(1)).network())) {
      throw new IllegalArgumentException(
          "its weights fit as (outputs, inputs) and as (inputs, outputs); call them 'weight' in the"
              + " file if outputs come first, 'kernel' if inputs do");
    }
    return found.getFirst();
  }

  /// As many saved layers of each form are needed as there are.
  private void requireCounts() {
    for (Form form : Form.values()) {
      List<String> present =
          free.stream().filter(layer -> layer.form() == form).map(SavedLayer::label).toList();
      int wanted = 0;
      for (int i = 0; i < outline.parts().size(); i++) {
        boolean such = Form.of(outline.parts().get(i).layer()).equals(Optional.of(form));
        wanted += such && !fixed.containsKey(i) ? 1 : 0;
      }
      if (wanted != present.size()) {
        throw new IllegalArgumentException(
            "it has %s %s%s where the file has %s"
                .formatted(
                    wanted,
                    form.layers(),
                    fixed.isEmpty() ? "" : " without a name",
                    present.isEmpty()
                        ? "none"
                        : present.size() + " (" + StateDict.listed(present) + ")"));
      }
    }
  }

  private Optional<Assignment> underOurNames(Layout layout) {
    Map<Integer, SavedLayer> own = new HashMap<>();
    for (int i = 0; i < outline.parts().size() && fixed.isEmpty(); i++) {
      String name = Integer.toString(i);
      Optional<Form> form = Form.of(outline.parts().get(i).layer());
      int index = i;
      free.stream()
          .filter(layer -> layer.name().equals(name) && form.equals(Optional.of(layer.form())))
          .forEach(layer -> own.put(index, layer));
    }
    return fixed.isEmpty() && own.size() == free.size()
        ? Search.of(outline, layout, own, List.of()).found().stream().findFirst()
        : Optional.empty();
  }

  private Optional<Assignment> assignment(Layout layout) {
    Optional<Assignment> inFile =
        saved.sorted() ? Optional.empty() : searched(layout, Order.FILE).stream().findFirst();
    if (inFile.filter(found -> keeps(Order.NUMBERS, found)).isPresent()) {
      return inFile;
    }
    List<Assignment> others = searched(layout, Order.NUMBERS);
    if (inFile.isEmpty() && others.isEmpty()) {
      others = searched(layout, Order.NONE);
    }
    if (inFile.isPresent() && (others.isEmpty() || others.stream().anyMatch(inFile.get()::same))) {
      return inFile;
    }
    List<Assignment> all = Stream.concat(inFile.stream(), others.stream()).toList();
    if (all.size() > 1) {
      throw ambiguous(all.get(0).differences(all.get(1)));
    }
    return all.stream().findFirst();
  }

  private boolean keeps(Order order, Assignment assignment) {
    return order.keeps(free, assignment.layers().stream().filter(free::contains).toList());
  }

  private static IllegalArgumentException ambiguous(List<List<String>> ways) {
    return new IllegalArgumentException(
        "its layers fit in more than one way, as %s or as %s; %s"
            .formatted(StateDict.listed(ways.get(0)), StateDict.listed(ways.get(1)), NAME_THEM));
  }

  private List<Assignment> searched(Layout layout, Order order) {
    Search.Outcome outcome = Search.of(outline, layout, fixed, order.queues(free));
    if (!outcome.complete()) {
      throw new IllegalArgumentException("there are too many ways to try; " + NAME_THEM);
    }
    if (misfit.isEmpty()) {
      misfit = outcome.misfit();
    }
    return outcome.found();
  }
}
