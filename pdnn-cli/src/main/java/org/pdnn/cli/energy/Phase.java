package org.pdnn.cli.energy;

import java.util.Optional;
import org.pdnn.energy.Workload;
import org.pdnn.energy.language.LanguageWork;

/// A phase of a language model: its prompt, or what it generates. A network has none.
record Phase(String name, int tokens, int batch) {
  static Optional<Phase> of(Workload workload) {
    return workload instanceof LanguageWork work
        ? Optional.of(
            new Phase(
                work.span().together() ? "prompt" : "generation",
                work.span().tokens(),
                work.batch()))
        : Optional.empty();
  }

  /// What readers see of an energy: that of one token, or all of a network's.
  static double share(Workload workload) {
    return of(workload).map(phase -> 1.0 / phase.tokens).orElse(1.0);
  }

  /// Where a sentence about a workload begins.
  static String prefix(Workload workload) {
    return of(workload)
        .map(phase -> Character.toUpperCase(phase.name.charAt(0)) + phase.name.substring(1) + ": ")
        .orElse("");
  }
}
