package org.pdnn.statedict;

import java.util.List;
import java.util.Optional;

/// What a tensor is to its layer.
enum Role {
  WEIGHT("weight"),
  BIAS("bias"),
  MEAN("running_mean"),
  VARIANCE("running_var");

  private final String key;

  Role(String key) {
    this.key = key;
  }

  /// The tensor's name in our layers, which is PyTorch's.
  String key() {
    return key;
  }

  /// The words that frameworks have for it: PyTorch, Keras, Flax and Haiku, scikit-learn, and who
  /// writes out the formulas by hand.
  List<String> words() {
    return switch (this) {
      case WEIGHT -> List.of("weight", "weights", "kernel", "w", "gamma", "scale", "coef", "coefs");
      case BIAS -> List.of("bias", "biases", "b", "beta", "offset", "intercept", "intercepts");
      case MEAN -> List.of("running_mean", "moving_mean", "mean");
      case VARIANCE ->
          List.of(
              "running_var",
              "running_variance",
              "moving_var",
              "moving_variance",
              "variance",
              "var");
    };
  }

  /// The role that a word stands for.
  static Optional<Role> of(String word) {
    for (Role role : values()) {
      if (role.words().contains(word)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
