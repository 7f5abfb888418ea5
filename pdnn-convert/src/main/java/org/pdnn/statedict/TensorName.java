package org.pdnn.statedict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A tensor's name as its module's and its own: `features.0.weight`, `bn1_running_mean`, `W2`,
/// `params/Dense_0/kernel`, `sequential/dense_1/kernel:0`.
///
/// @param module what it belongs to, in components joined by dots and without what wraps a whole
///   network
/// @param word what it is there, as in `kernel`
/// @param role what that word stands for
record TensorName(String module, String word, Role role) {
  /// Wrappers and collections around all names of a file.
  private static final Set<String> AROUND =
      Set.of("module", "params", "batch_stats", "state_dict", "model_state_dict");

  /// What torch.compile puts within names.
  private static final String COMPILED = "_orig_mod";

  private static final Pattern VARIABLE = Pattern.compile(":\\d+$");

  /// Training's own, by the first component of a name.
  private static final Set<String> TRAINING =
      Set.of(
          "adam",
          "adamw",
          "ema",
          "ema_model",
          "model_ema",
          "optim",
          "optimiser",
          "optimizer",
          "optimizers",
          "rmsprop",
          "scheduler",
          "sgd");

  /// Training's own, by the last component of a name.
  private static final Set<String> COUNTERS =
      Set.of("global_step", "iteration", "iterations", "learning_rate", "n_averaged");

  private static final List<String> WORDS =
      Arrays.stream(Role.values())
          .flatMap(role -> role.words().stream())
          .sorted(Comparator.comparingInt(String::length).reversed())
          .toList();

  private static final Pattern NUMBERED =
      Pattern.compile("(%s)_?(\\d+)".formatted(String.join("|", WORDS)));

  /// Reads a name; nothing if it does not say what the tensor is.
  static Optional<TensorName> parse(String name) {
    List<String> parts = parts(name);
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    String last = parts.removeLast();
    String lower = last.toLowerCase(Locale.ROOT);
    if (Role.of(lower).isPresent()) {
      return of(parts, lower);
    }
    for (String word : WORDS) {
      if (lower.endsWith("_" + word) && last.length() > word.length() + 1) {
        parts.add(last.substring(0, last.length() - word.length() - 1));
        return of(parts, word);
      }
    }
    Matcher numbered = NUMBERED.matcher(lower);
    if (numbered.matches()) {
      parts.add(numbered.group(2));
      return of(parts, numbered.group(1));
    }
    return Optional.empty();
  }

  private static Optional<TensorName> of(List<String> module, String word) {
    return Role.of(word).map(role -> new TensorName(String.join(".", module), word, role));
  }

  /// The name of a module without what wraps a whole network.
  static String module(String name) {
    return String.join(".", parts(name));
  }

  /// Whether a tensor belongs to training, not to the network.
  static boolean ofTraining(String name) {
    List<String> parts = parts(name);
    return !parts.isEmpty()
        && (TRAINING.contains(parts.getFirst().toLowerCase(Locale.ROOT))
            || COUNTERS.contains(parts.getLast().toLowerCase(Locale.ROOT))
            || parts.getLast().endsWith("num_batches_tracked"));
  }

  private static List<String> parts(String name) {
    List<String> parts = new ArrayList<>();
    for (String part : VARIABLE.matcher(name).replaceFirst("").split("[./]", -1)) {
      boolean wraps = parts.isEmpty() && AROUND.contains(part);
      if (!wraps && !part.isEmpty() && !part.equals(COMPILED)) {
        parts.add(part);
      }
    }
    return parts;
  }
}
