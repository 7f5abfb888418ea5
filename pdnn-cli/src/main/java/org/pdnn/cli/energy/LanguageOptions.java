package org.pdnn.cli.energy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.Within;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Operation;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Workload;
import org.pdnn.energy.language.LanguageModel;
import org.pdnn.energy.language.LanguageWork;
import org.pdnn.energy.language.Span;
import picocli.CommandLine.Option;

/// What is asked of a language model.
@Heading("Language models")
final class LanguageOptions {
  @Option(
      names = "--prompt",
      paramLabel = "N",
      description = "Tokens of the prompt (default: 512).")
  @Within(least = 1, most = Integer.MAX_VALUE)
  private @Nullable Integer prompt;

  @Option(
      names = "--generate",
      paramLabel = "N",
      description = "Tokens generated after it (default: 128).")
  @Within(least = 1, most = Integer.MAX_VALUE)
  private @Nullable Integer generate;

  @Option(
      names = "--batch",
      paramLabel = "B",
      description = "Sequences that share each reading of the weights (default: 1).")
  @Within(least = 1, most = Integer.MAX_VALUE)
  private @Nullable Integer batch;

  @Option(
      names = "--cache-memory",
      paramLabel = "PJ",
      description =
          "Energy of one bit of the keys and values, in pJ (default: the technology's constant for"
              + " these, else for weights).")
  private @Nullable Double cacheMemory;

  /// @throws IllegalArgumentException if something was asked that no network has an answer to
  void refuseFor(String model) {
    if (Stream.of(prompt, generate, batch, cacheMemory).anyMatch(Objects::nonNull)) {
      throw new IllegalArgumentException(
          "--prompt, --generate, --batch and --cache-memory are for language models, and"
              + " %s is not one; name a config.json".formatted(model));
    }
  }

  /// The prompt, then what is generated.
  List<Workload> workloads(LanguageModel model) {
    int before = Objects.requireNonNullElse(prompt, 512);
    int after = Objects.requireNonNullElse(generate, 128);
    int sequences = Objects.requireNonNullElse(batch, 1);
    return List.of(
        new LanguageWork(model, Span.prompt(before), sequences, Optional.empty()),
        new LanguageWork(model, Span.generation(before, after), sequences, Optional.empty()));
  }

  /// The technology with the memory of keys and values that was asked for.
  Technology in(Technology technology) {
    return cacheMemory == null
        ? technology
        : technology.with(Operation.CACHE_BIT, Joules.ofPicojoules(cacheMemory));
  }
}
