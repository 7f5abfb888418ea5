package org.pdnn.onnx.reader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Groups of nodes that are one layer here, since ONNX has no operator for them, or had none: each
/// becomes one node, whose parts are checked when it is read.
///
/// A group is found from its last node backwards. Nothing outside it may read what is inside.
final class Fusions {
  static final String LAYER_NORM = "layer norm";
  static final String RMS_NORM = "RMS norm";
  static final String ATTENTION = "attention";
  static final String GELU = "gelu";
  static final String GELU_TANH = "gelu by tanh";

  private final Map<String, Node> makers = new HashMap<>();
  private final Map<String, List<Node>> readers = new HashMap<>();

  /// Names of values that depend on those of the input, not only on its shape.
  private final Set<String> computed = new HashSet<>();

  private final String output;

  private Fusions(List<Node> order, String input, String output) {
    this.output = output;
    computed.add(input);
    for (Node node : order) {
      makers.put(node.output(), node);
      boolean depends = node.inputNames().stream().anyMatch(computed::contains);
      if (depends && !node.operator().equals("Shape")) {
        computed.addAll(node.outputNames());
      }
      for (String name : node.inputNames()) {
        readers.computeIfAbsent(name, _ -> new ArrayList<>()).add(node);
      }
    }
  }

  /// @param order nodes, each after those that it reads
  /// @param input name of the graph's
  /// @param output name of the graph's
  static List<Node> of(List<Node> order, String input, String output) {
    Fusions fusions = new Fusions(order, input, output);
    Map<Node, Node> fused = new LinkedHashMap<>();
    Set<Node> inside = new HashSet<>();
    for (Node last : order.reversed()) {
      Optional<Node> found = inside.contains(last) ? Optional.empty() : fusions.endingWith(last);
      if (found.isPresent() && fusions.closed(found.get().parts())) {
        fused.put(last, found.get());
        inside.addAll(found.get().parts());
      }
    }
    return order.stream()
        .filter(node -> fused.containsKey(node) || !inside.contains(node))
        .map(node -> fused.getOrDefault(node, node))
        .toList();
  }

  private boolean closed(List<Node> parts) {
    return parts.stream()
        .skip(1)
        .allMatch(
            part -> !part.output().equals(output) && parts.containsAll(readers(part.output())));
  }

  private List<Node> readers(String name) {
    return readers.getOrDefault(name, List.of());
  }

  private Optional<Node> endingWith(Node last) {
    return switch (last.operator()) {
      case "MatMul" -> attention(last);
      case "Div" -> norm(last, last.input(0), List.of(last), last.input(1));
      case "Mul" -> gelu(last).or(() -> norm(last));
      default -> Optional.empty();
    };
  }

  /// The node of an operator that makes a value; null if another does.
  private @Nullable Node maker(String name, String operator) {
    Node maker = makers.get(name);
    return maker != null && maker.isStandard() && maker.operator().equals(operator) ? maker : null;
  }

  /// The one computed value of two that a node reads; empty if both are, or none.
  private String only(Node node) {
    List<String> own = node.inputNames().stream().filter(computed::contains).toList();
    return own.size() == 1 ? own.getFirst() : "";
  }

  /// A product with the reciprocal of a root.
  private Optional<Node> norm(Node last) {
    for (int side = 0; side < 2; side++) {
      Node reciprocal = makers.get(last.input(side));
      if (reciprocal != null && Set.of("Reciprocal", "Div").contains(reciprocal.operator())) {
        List<Node> divides = List.of(last, reciprocal);
        Optional<Node> found = norm(last, last.input(1 - side), divides, only(reciprocal));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /// y / sqrt(mean of y² + epsilon): an RMS norm of y; a layer norm where y is x less its mean.
  ///
  /// @param divides the nodes that divide
  private Optional<Node> norm(Node last, String y, List<Node> divides, String divisor) {
    Node root = maker(divisor, "Sqrt");
    Node sum = root == null ? null : maker(root.input(0), "Add");
    Node mean = sum == null ? null : maker(only(sum), "ReduceMean");
    Node square = mean == null ? null : makers.get(mean.input(0));
    if (root == null || sum == null || mean == null || square == null) {
      return Optional.empty();
    }
    boolean squares =
        square.input(0).equals(y)
            && (square.operator().equals("Pow")
                ? !computed.contains(square.input(1))
                : square.operator().equals("Mul") && square.input(1).equals(y));
    if (!squares || !computed.contains(y)) {
      return Optional.empty();
    }
    List<Node> parts = new ArrayList<>(divides);
    parts.addAll(List.of(root, sum, mean, square));
    Node centred = maker(y, "Sub");
    Node centre = centred == null ? null : maker(centred.input(1), "ReduceMean");
    if (centred == null || centre == null || !centre.input(0).equals(centred.input(0))) {
      return Optional.of(last.fused(RMS_NORM, List.of(y), parts));
    }
    parts.addAll(List.of(centred, centre));
    return Optional.of(last.fused(LAYER_NORM, List.of(centred.input(0)), parts));
  }

  /// softmax(scale q k + mask) v.
  private Optional<Node> attention(Node last) {
    Node softmax = maker(last.input(0), "Softmax");
    if (softmax == null || !computed.contains(last.input(1))) {
      return Optional.empty();
    }
    List<Node> parts = new ArrayList<>(List.of(last, softmax));
    Node step = makers.get(softmax.input(0));
    while (step != null && Set.of("Mul", "Div", "Add", "Where").contains(step.operator())) {
      parts.add(step);
      step = makers.get(only(step));
    }
    if (step == null || !step.operator().equals("MatMul")) {
      return Optional.empty();
    }
    parts.add(step);
    return computed.containsAll(step.inputNames())
        ? Optional.of(
            last.fused(ATTENTION, List.of(step.input(0), step.input(1), last.input(1)), parts))
        : Optional.empty();
  }

  /// x (1 + erf(x / sqrt(2))) / 2, or that with a tanh, its factors in any order.
  private Optional<Node> gelu(Node last) {
    for (int side = 0; side < 2; side++) {
      Node inner = maker(last.input(side), "Mul");
      if (inner == null) {
        continue;
      }
      List<String> factors =
          Stream.concat(inner.inputNames().stream(), Stream.of(last.input(1 - side))).toList();
      for (String factor : factors) {
        Node sum = maker(factor, "Add");
        Node curve = sum == null ? null : makers.get(only(sum));
        if (sum == null
            || curve == null
            || factors.stream().filter(computed::contains).count() != 2) {
          continue;
        }
        List<Node> product = List.of(last, inner, sum, curve);
        Optional<Node> found =
            switch (curve.operator()) {
              case "Erf" -> erf(product, factors);
              case "Tanh" -> tanh(product, factors);
              default -> Optional.empty();
            };
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /// @param product the last four nodes of a gelu
  /// @param factors that these multiply
  private Optional<Node> erf(List<Node> product, List<String> factors) {
    Node scaled = makers.get(product.getLast().input(0));
    return scaled != null
            && Set.of("Div", "Mul").contains(scaled.operator())
            && factors.contains(only(scaled))
        ? Optional.of(fused(GELU, only(scaled), product, scaled))
        : Optional.empty();
  }

  /// sqrt(2 / pi) (x + 0.044715 x³) below the tanh, the cube a power or two products.
  private Optional<Node> tanh(List<Node> product, List<String> factors) {
    Node scaled = maker(product.getLast().input(0), "Mul");
    Node cubic = scaled == null ? null : maker(only(scaled), "Add");
    if (scaled == null || cubic == null) {
      return Optional.empty();
    }
    for (int side = 0; side < 2; side++) {
      String x = cubic.input(side);
      Node term = maker(cubic.input(1 - side), "Mul");
      Node cube = term == null || !factors.contains(x) ? null : makers.get(only(term));
      if (term == null || cube == null || !computed.contains(x)) {
        continue;
      }
      if (cube.operator().equals("Pow") && only(cube).equals(x)) {
        return Optional.of(fused(GELU_TANH, x, product, scaled, cubic, term, cube));
      }
      Node square = maker(cube.input(cube.input(0).equals(x) ? 1 : 0), "Mul");
      if (square != null
          && cube.operator().equals("Mul")
          && cube.inputNames().contains(x)
          && square.inputNames().equals(List.of(x, x))) {
        return Optional.of(fused(GELU_TANH, x, product, scaled, cubic, term, cube, square));
      }
    }
    return Optional.empty();
  }

  private static Node fused(String operator, String x, List<Node> product, Node... others) {
    return product
        .getFirst()
        .fused(operator, List.of(x), Stream.concat(product.stream(), Stream.of(others)).toList());
  }
}
