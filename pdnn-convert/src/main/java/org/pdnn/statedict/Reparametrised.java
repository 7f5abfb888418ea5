package org.pdnn.statedict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pdnn.names.Printable;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// Weights that a file keeps as the numbers that they are computed from: a direction and a length
/// (weight norm), or weights and a mask (pruning). Others of the kind are refused with the way to
/// plain weights.
final class Reparametrised {
  /// The first of a pair, and what the second is called instead.
  private static final Pattern LENGTH =
      Pattern.compile("(.*?)(?:parametrizations\\.(weight)\\.original0|(weight)_g)");

  private static final Pattern MASKED = Pattern.compile("(.*(?:weight|bias))_orig");

  private static final Pattern PARAMETRISED =
      Pattern.compile("(?:.*\\.)?parametrizations\\.(\\w+)\\..*");

  private static final Pattern DISTRIBUTION =
      Pattern.compile(
          "(?:.*[._])?(?:(?:mu|rho|eps|sigma|log_sigma)_(?:weight|bias|kernel)"
              + "|(?:weight|bias|kernel)_(?:mu|rho|eps|sigma|log_sigma|logvar)"
              + "|prior_.*)");

  private static final Pattern QUANTISER =
      Pattern.compile(".*(?:_quant\\.|fake_quant|scaling_impl|activation_post_process).*");

  private final Map<String, Tensor> tensors;
  private final List<String> normed = new ArrayList<>();
  private final List<String> masked = new ArrayList<>();

  private Reparametrised(Map<String, Tensor> tensors) {
    this.tensors = tensors;
  }

  /// The tensors with plain weights under the names that they have without: `fc1.weight` of
  /// `fc1.weight_g` and `fc1.weight_v`.
  ///
  /// @param remarks to which a sentence on what was computed is added
  /// @throws IllegalArgumentException naming a tensor that is not a weight but makes one, and the
  ///   way to the weight
  static Map<String, Tensor> resolved(Map<String, Tensor> tensors, List<String> remarks) {
    Reparametrised weights = new Reparametrised(tensors);
    Map<String, Tensor> resolved = new LinkedHashMap<>(tensors);
    for (String name : tensors.keySet()) {
      weights.resolve(name, resolved);
    }
    resolved.keySet().forEach(Reparametrised::requirePlain);
    if (!weights.normed.isEmpty()) {
      remarks.add("computed by weight norm, g v / |v|: " + StateDict.listed(weights.normed));
    }
    if (!weights.masked.isEmpty()) {
      remarks.add("pruned by their masks: " + StateDict.listed(weights.masked));
    }
    return resolved;
  }

  private void resolve(String name, Map<String, Tensor> resolved) {
    Matcher length = LENGTH.matcher(name);
    Matcher whole = MASKED.matcher(name);
    if (length.matches()) {
      String direction =
          name.endsWith("0")
              ? name.substring(0, name.length() - 1) + "1"
              : name.substring(0, name.length() - 1) + "v";
      Optional<Tensor> v = Optional.ofNullable(tensors.get(direction));
      Optional<Tensor> weight = v.flatMap(found -> normed(tensor(name), found));
      if (weight.isPresent()) {
        String plain = length.group(1) + "weight";
        replace(resolved, List.of(name, direction), plain, weight.get());
        normed.add(plain);
      }
    } else if (whole.matches()) {
      String plain = whole.group(1);
      Optional<Tensor> mask = Optional.ofNullable(tensors.get(plain + "_mask"));
      if (mask.filter(found -> found.shape().equals(tensor(name).shape())).isPresent()) {
        replace(resolved, List.of(name, plain + "_mask"), plain, product(tensor(name), mask.get()));
        masked.add(plain);
      }
    }
  }

  private Tensor tensor(String name) {
    return Optional.ofNullable(tensors.get(name)).orElseThrow();
  }

  private static void replace(
      Map<String, Tensor> resolved, List<String> parts, String name, Tensor weight) {
    if (resolved.putIfAbsent(name, weight) != null) {
      throw new IllegalArgumentException(
          "'%s' is there beside what makes it, '%s'; leave one of them out"
              .formatted(Printable.of(name), Printable.of(parts.getFirst())));
    }
    parts.forEach(resolved::remove);
  }

  private static Tensor product(Tensor left, Tensor right) {
    float[] values = left.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= right.get(i);
    }
    return new Tensor(left.shape(), values);
  }

  /// g v / |v|, the norm taken over the axes along which g does not change.
  ///
  /// @return nothing if g has numbers along more than one axis, or other extents
  private static Optional<Tensor> normed(Tensor g, Tensor v) {
    Shape shape = v.shape();
    if (g.shape().rank() != shape.rank()) {
      return Optional.empty();
    }
    int inner = shape.size();
    int axis = 0;
    for (int i = 0; i < shape.rank(); i++) {
      if (g.shape().dimension(i) > 1) {
        axis = i;
      }
    }
    for (int i = 0; i <= axis; i++) {
      inner /= shape.dimension(i);
    }
    int groups = g.size();
    if (groups > 1 && groups != shape.dimension(axis)) {
      return Optional.empty();
    }
    int step = groups == 1 ? shape.size() : inner;
    double[] squares = new double[groups];
    for (int i = 0; i < v.size(); i++) {
      squares[i / step % groups] += (double) v.get(i) * v.get(i);
    }
    float[] values = v.toArray();
    for (int i = 0; i < values.length; i++) {
      int group = i / step % groups;
      values[i] *= (float) (g.get(group) / Math.sqrt(squares[group]));
    }
    return Optional.of(new Tensor(shape, values));
  }

  private static void requirePlain(String name) {
    Matcher parametrised = PARAMETRISED.matcher(name);
    String way = "";
    if (parametrised.matches()) {
      way =
          "is what a parametrisation makes a %s of; save the file after torch.nn.utils.parametrize.remove_parametrizations(module, \"%s\")"
              .formatted(
                  Printable.of(parametrised.group(1), 20), Printable.of(parametrised.group(1), 20));
    } else if (MASKED.matcher(name).matches()) {
      way =
          "makes a weight with what is not in the file or not read; save the file after"
              + " torch.nn.utils.prune.remove(module, \"weight\"), or remove_spectral_norm(module)";
    } else if (DISTRIBUTION.matcher(name).matches()) {
      way =
          "describes a distribution of weights; save the means as the weights, under names such as"
              + " 'fc1.weight' and 'fc1.bias'";
    } else if (QUANTISER.matcher(name).matches()) {
      way =
          "belongs to a quantiser; save the weights as it gives them, layer.quant_weight().value in"
              + " Brevitas, and leave the quantisers out";
    }
    if (!way.isEmpty()) {
      throw new IllegalArgumentException("'%s' %s".formatted(Printable.of(name), way));
    }
  }
}
