package org.pdnn.server;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pdnn.names.Nearest;
import org.pdnn.names.Printable;
import org.pdnn.server.passes.SampledModel;
import org.pdnn.server.protocol.RequestException;
import org.pdnn.server.protocol.RequestException.Kind;
import org.pdnn.tradeoff.Pricing;

/// The models that are served, by name.
final class Models {
  /// Each has one version.
  private static final String VERSION = "1";

  private final Map<String, SampledModel> byName = new TreeMap<>();

  /// @throws IllegalArgumentException if two have one name, or one cannot be sampled
  Models(List<Served> served, Pricing pricing) {
    for (Served one : served) {
      SampledModel model =
          new SampledModel(one.name(), VERSION, one.model(), one.precision(), pricing);
      if (byName.put(one.name(), model) != null) {
        throw new IllegalArgumentException("two models are named '%s'".formatted(one.name()));
      }
    }
  }

  Collection<SampledModel> all() {
    return byName.values();
  }

  /// The model that a path names, by its version or without.
  SampledModel named(Exchange exchange) throws RequestException {
    String name = exchange.path("model");
    SampledModel model = byName.get(name);
    if (model == null) {
      throw new RequestException(
          Kind.UNKNOWN,
          "there is no model %s%s"
              .formatted(
                  Printable.quoted(name), Nearest.suggestion(name, List.copyOf(byName.keySet()))));
    }
    if (exchange.names("version") && !exchange.path("version").equals(VERSION)) {
      throw new RequestException(
          Kind.UNKNOWN,
          "model '%s' has no version %s"
              .formatted(name, Printable.quoted(exchange.path("version"))));
    }
    return model;
  }
}
