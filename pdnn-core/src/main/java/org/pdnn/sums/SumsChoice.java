package org.pdnn.sums;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.pdnn.names.Choice;
import org.pdnn.names.Printable;

/// The sums of this machine, chosen once.
public final class SumsChoice {
  /// Names the sums to use in place of the fastest: `onednn` or `scalar`.
  public static final String PROPERTY = "pdnn.sums";

  private static final String SCALAR = "scalar";
  private static final System.Logger LOGGER = System.getLogger(SumsChoice.class.getName());
  private static @Nullable Sums chosen;

  private SumsChoice() {}

  /// Those that the property names, else those of a library that is there and right on this
  /// machine, else plain Java.
  ///
  /// @throws IllegalArgumentException if the property names none that runs here
  public static synchronized Sums chosen() {
    Sums sums = chosen;
    if (sums == null) {
      sums = choose(System.getProperty(PROPERTY, ""), libraries());
      chosen = sums;
    }
    return sums;
  }

  private static List<SumsProvider> libraries() {
    return ServiceLoader.load(SumsProvider.class, SumsChoice.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /// @param name of those to use; empty for the fastest
  static Sums choose(String name, List<SumsProvider> libraries) {
    requireKnown(name, libraries);
    if (name.isEmpty() && libraries.isEmpty()) {
      warn("there is no library for them; add the artifact pdnn-onednn");
    }
    for (SumsProvider library : libraries) {
      if (name.isEmpty() || name.equals(library.name())) {
        try {
          return said(new CheckedSums(library.load()));
        } catch (SumsProvider.UnavailableException e) {
          String reason = "%s cannot be used (%s)".formatted(library.name(), e.getMessage());
          if (!name.isEmpty()) {
            throw new IllegalArgumentException(
                "-D%s=%s: %s; use %s".formatted(PROPERTY, name, reason, SCALAR), e);
          }
          warn(reason);
        }
      }
    }
    return said(new ScalarSums());
  }

  private static void requireKnown(String name, List<SumsProvider> libraries) {
    List<String> known = new ArrayList<>(libraries.stream().map(SumsProvider::name).toList());
    known.add(SCALAR);
    if (!name.isEmpty() && !known.contains(name)) {
      throw new IllegalArgumentException(
          "-D%s=%s names no way to compute sums here; use %s"
              .formatted(PROPERTY, Printable.of(name), Choice.listed(known)));
    }
  }

  private static void warn(String reason) {
    LOGGER.log(
        System.Logger.Level.WARNING,
        "sums are computed in plain Java, many times slower: {0}",
        reason);
  }

  private static Sums said(Sums sums) {
    LOGGER.log(System.Logger.Level.DEBUG, "sums: {0}", sums.name());
    return sums;
  }
}
