package org.pdnn.server;

import java.io.IOException;
import java.util.List;

/// Where models come from, when a server starts and while it runs.
public interface ModelSource {
  /// The names of the models that there are.
  ///
  /// @throws IOException if they cannot be listed
  List<String> names() throws IOException;

  /// Reads a model, in all its versions.
  ///
  /// @param name one of [#names]
  /// @throws IOException if a file is damaged or has gone
  List<Served> read(String name) throws IOException;

  /// Whether a server starts without a model that cannot be loaded, and says so.
  ///
  /// @param name one of [#names]
  default boolean optional(String name) {
    return false;
  }

  /// Models that lie in memory.
  static ModelSource of(List<Served> models) {
    List<Served> all = List.copyOf(models);
    return new ModelSource() {
      @Override
      public List<String> names() {
        return all.stream().map(Served::name).distinct().toList();
      }

      @Override
      public List<Served> read(String name) {
        return all.stream().filter(model -> model.name().equals(name)).toList();
      }
    };
  }
}
