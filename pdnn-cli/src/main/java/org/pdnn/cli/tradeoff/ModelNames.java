package org.pdnn.cli.tradeoff;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.pdnn.network.LastHidden;
import org.pdnn.random.Scheme;
import org.pdnn.tradeoff.Configuration;
import org.pdnn.tradeoff.Setting;
import org.pdnn.tradeoff.Trial;

/// What readers call models and their configurations: files without the folders that they share.
///
/// @param byPath short names of models
public record ModelNames(Map<String, String> byPath) {
  public static ModelNames of(Collection<Trial> trials) {
    return new ModelNames(
        ShortNames.of(trials.stream().map(one -> one.setting().model()).toList()));
  }

  /// The model's file without folders: pages are shown to others.
  String file(Setting setting) {
    return Objects.requireNonNull(byPath.get(setting.model()));
  }

  /// The same without the end of its name.
  public String model(Setting setting) {
    return file(setting).replace(".safetensors", "");
  }

  /// That of the first.
  public String model(List<Trial> trials) {
    return model(trials.getFirst().setting());
  }

  /// As in `4 scrambled samples of pdnn-s5` or `twin with 3-bit activations`.
  public String run(Setting setting) {
    return setting
        .scheme()
        .map(scheme ->
            "%s %s %s of %s%s"
                .formatted(
                    setting.samples(),
                    scheme,
                    setting.samples() == 1 ? "sample" : "samples",
                    model(setting),
                    setting.last() == LastHidden.EXPECTATION ? " with expectation" : ""))
        .orElseGet(
            () -> "%s with %s-bit activations".formatted(model(setting), setting.neuron().bits()));
  }

  /// As in `4 scrambled samples of pdnn-s5 reach 97.12 % for 480.0 nJ`.
  public String reach(Configuration one) {
    Setting setting = one.setting();
    boolean many = setting.scheme().isPresent() && setting.samples() > 1;
    return "%s %s %s".formatted(run(setting), many ? "reach" : "reaches", reached(one));
  }

  static String reached(Configuration one) {
    return String.format(
        Locale.ROOT, "%.2f %% for %s", 100 * one.accuracy().value(), one.energy().inNanojoules());
  }

  /// A configuration for scripts.
  public Map<String, Object> facts(Configuration one) {
    Setting setting = one.setting();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("model", file(setting));
    facts.put("neuron", setting.neuron().toString());
    facts.put("activationBits", setting.neuron().bits());
    facts.put("samples", setting.samples());
    facts.put("scheme", Scheme.nameOf(setting.scheme()));
    facts.put("weights", setting.weights().toString());
    facts.put("last", setting.last().toString());
    facts.put("outputs", setting.outputs().toString());
    facts.put("accuracy", one.accuracy().value());
    facts.put("accuracyLow", one.accuracy().low());
    facts.put("accuracyHigh", one.accuracy().high());
    facts.put("totalNanojoules", one.energy().nanojoules());
    return facts;
  }
}
