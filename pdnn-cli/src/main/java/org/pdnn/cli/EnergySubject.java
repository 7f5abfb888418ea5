package org.pdnn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pdnn.energy.Convention;
import org.pdnn.energy.PaperPreset;
import org.pdnn.energy.Workload;
import org.pdnn.energy.language.LanguageModel;
import org.pdnn.names.Nearest;
import org.pdnn.network.Model;

/// What `pdnn energy` is asked to price: a preset, a language model or a model file.
///
/// @param technology the usual one for it
/// @param convention the usual one for it
/// @param workloads one, or the prompt and the generation of a language model
record EnergySubject(String technology, Convention convention, List<Workload> workloads) {
  private static final String SRAM = "sram65";

  /// Billions of weights lie in no SRAM, and have been trained as floating-point numbers.
  private static final String LANGUAGE = "jouppi7-float-hbm2";

  static EnergySubject of(String model, LanguageOptions asked) throws IOException {
    if (model.endsWith(".json")) {
      LanguageModel language = LanguageModel.read(Path.of(model));
      return new EnergySubject(
          LANGUAGE, Convention.STRICT.withWidths(language.widths()), asked.workloads(language));
    }
    asked.refuseFor(model);
    Optional<PaperPreset> preset = PaperPreset.named(model);
    if (preset.isPresent()) {
      PaperPreset known = preset.get();
      return new EnergySubject(known.technology(), known.convention(), List.of(known.workload()));
    }
    if (!model.endsWith(".safetensors") && !Files.exists(Path.of(model))) {
      throw new IllegalArgumentException(
          "'%s' is neither a model file nor a preset%s; use %s, a .safetensors file or the"
                  .formatted(
                      model,
                      Nearest.suggestion(model, PaperPreset.keys()),
                      String.join(", ", PaperPreset.keys()))
              + " config.json of a language model");
    }
    Workload network = Workload.of(model, List.of(Model.read(Path.of(model)).network()));
    return new EnergySubject(SRAM, Convention.PAPER, List.of(network));
  }

  /// Whether tokens are priced.
  boolean language() {
    return workloads.size() > 1;
  }
}
