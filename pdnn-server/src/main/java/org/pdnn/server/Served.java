package org.pdnn.server;

import java.util.regex.Pattern;
import org.pdnn.names.Limits;
import org.pdnn.names.Printable;
import org.pdnn.network.Model;
import org.pdnn.sampling.Precision;

/// A model to be served.
///
/// @param name in addresses: letters, digits, dots, hyphens and underscores
/// @param version from 1; the greatest answers where an address names none
/// @param precision what its passes are computed in
public record Served(String name, int version, Model model, Precision precision) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");

  public Served {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a model's name has at most 128 letters, digits, dots, hyphens and underscores, got %s"
              .formatted(Printable.quoted(name)));
    }
    Limits.atLeast("version", 1, version);
  }
}
