package org.pdnn.statedict;

import java.util.List;
import java.util.Optional;

/// What a tensor is to its layer, by the words that frameworks have for it.
enum Role {
  WEIGHT("weight", List.of("weight", "weights", "kernel", "w", "gamma", "scale", "coef", "coefs")),
  BIAS("bias", List.of("bias", "biases", "b", "beta", "offset", "intercept", "intercepts")),
  MEAN("running_mean", List.of("running_mean", "moving_mean", "mean")),
  VARIANCE(
      "running_var",
      List.of(
          "running_var", "moving_variance", "moving_var", "running_variance", "variance", "var"));

  private final String key;
  private final List<String> words;

  Role(String key, List<String> words) {
    this.key = key;
    this.words = words;
  }

  /// The tensor's name in our layers, which is PyTorch's.
  String key() {
    return key;
  }

  List<String> words() {
    return words;
  }

  /// The role that a word stands for.
  static Optional<Role> of(String word) {
    for (Role role : values()) {
      if (role.words.contains(word)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
