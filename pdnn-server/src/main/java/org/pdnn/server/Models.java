package org.pdnn.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.pdnn.names.Nearest;
import org.pdnn.names.Printable;
import org.pdnn.server.passes.SampledModel;
import org.pdnn.server.passes.Scheduler;
import org.pdnn.server.protocol.Descriptions.Listed;
import org.pdnn.server.protocol.RequestException;
import org.pdnn.server.protocol.RequestException.Kind;
import org.pdnn.tradeoff.Pricing;

/// The models that are served, loaded and unloaded at any time. A request keeps the model that it
/// found: one that is replaced or unloaded answers what is in work.
final class Models {
  private static final System.Logger LOG = System.getLogger(Models.class.getName());

  private final ModelSource source;
  private final Pricing pricing;
  private final Scheduler scheduler;

  /// By name and version.
  private final Map<String, NavigableMap<Integer, SampledModel>> loaded =
      new ConcurrentSkipListMap<>();

  /// Why those could not be loaded that could not, by name; not for clients, as it names files.
  private final Map<String, String> failed = new ConcurrentSkipListMap<>();

  /// One is loaded at a time.
  private final ReentrantLock loading = new ReentrantLock();

  Models(ModelSource source, Pricing pricing, Scheduler scheduler) {
    this.source = source;
    this.pricing = pricing;
    this.scheduler = scheduler;
  }

  /// Loads all that there are.
  ///
  /// @throws IOException if one cannot be read that is not optional
  /// @throws IllegalArgumentException if such a one cannot be sampled
  void loadAll() throws IOException {
    for (String name : source.names()) {
      try {
        replace(name);
      } catch (IOException | IllegalArgumentException e) {
        if (!source.optional(name)) {
          throw e;
        }
        failed.put(name, String.valueOf(e.getMessage()));
      }
    }
  }

  /// One of those that are loaded.
  Optional<SampledModel> any() {
    return loaded.values().stream().findFirst().map(versions -> versions.lastEntry().getValue());
  }

  /// Why those could not be loaded that could not, by name.
  Map<String, String> failed() {
    return Map.copyOf(failed);
  }

  /// Loads a model, anew if it is loaded.
  void load(String name) throws RequestException {
    loading.lock();
    try {
      if (!source.names().contains(name)) {
        throw unknown(name, source.names());
      }
      replace(name);
      failed.remove(name);
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "model ''{0}'' was not loaded: {1}",
          name,
          String.valueOf(e.getMessage()));
      failed.put(name, String.valueOf(e.getMessage()));
      throw new RequestException(Kind.WRONG, "model '%s' cannot be loaded".formatted(name));
    } finally {
      loading.unlock();
    }
  }

  private void replace(String name) throws IOException {
    NavigableMap<Integer, SampledModel> versions = new TreeMap<>();
    for (Served one : source.read(name)) {
      SampledModel model =
          new SampledModel(
              name, String.valueOf(one.version()), one.model(), one.precision(), pricing);
      Warming.warm(model, scheduler);
      if (versions.put(one.version(), model) != null) {
        throw new IllegalArgumentException(
            "model '%s' has two versions %s".formatted(name, one.version()));
      }
    }
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("model '%s' has no version".formatted(name));
    }
    retire(Optional.ofNullable(loaded.put(name, versions)));
  }

  /// Whether a model answers; one that is there and not loaded does not.
  ///
  /// @throws RequestException if there is none of this name
  boolean ready(String name, Optional<String> version) throws RequestException {
    if (!loaded.containsKey(name) && known(name)) {
      return false;
    }
    named(name, version);
    return true;
  }

  private boolean known(String name) {
    try {
      return source.names().contains(name);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the models cannot be listed", e);
      return false;
    }
  }

  void unload(String name) throws RequestException {
    NavigableMap<Integer, SampledModel> gone = loaded.remove(name);
    if (gone == null) {
      throw unknown(name, loaded.keySet());
    }
    retire(Optional.of(gone));
  }

  private static void retire(Optional<NavigableMap<Integer, SampledModel>> gone) {
    gone.ifPresent(versions -> versions.values().forEach(SampledModel::retire));
  }

  /// The model that an address names, in its greatest version unless it names one.
  SampledModel named(String name, Optional<String> version) throws RequestException {
    NavigableMap<Integer, SampledModel> versions = versions(name);
    if (version.isEmpty()) {
      return versions.lastEntry().getValue();
    }
    return versions.values().stream()
        .filter(model -> model.version().equals(version.get()))
        .findFirst()
        .orElseThrow(() ->
            new RequestException(
                Kind.UNKNOWN,
                "model '%s' has no version %s".formatted(name, Printable.quoted(version.get()))));
  }

  /// The versions of a model, from the least.
  List<String> versionsOf(String name) throws RequestException {
    return versions(name).values().stream().map(SampledModel::version).toList();
  }

  private NavigableMap<Integer, SampledModel> versions(String name) throws RequestException {
    NavigableMap<Integer, SampledModel> versions = loaded.get(name);
    if (versions == null) {
      throw unknown(name, loaded.keySet());
    }
    return versions;
  }

  private static RequestException unknown(String name, Collection<String> names) {
    return new RequestException(
        Kind.UNKNOWN,
        "there is no model %s%s"
            .formatted(Printable.quoted(name), Nearest.suggestion(name, List.copyOf(names))));
  }

  /// All that are loaded or could be.
  List<Listed> list() {
    List<Listed> all = new ArrayList<>();
    loaded.forEach((name, versions) ->
        versions.values().forEach(model -> all.add(new Listed(name, model.version(), true, ""))));
    try {
      source.names().stream()
          .filter(name -> !loaded.containsKey(name))
          .forEach(name ->
              all.add(
                  new Listed(
                      name,
                      "",
                      false,
                      failed.containsKey(name) ? "cannot be loaded" : "unloaded")));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the models cannot be listed", e);
    }
    return all;
  }
}
