package org.pdnn.report;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Figures that answer one question under different circumstances, such as technologies: a page
/// shows one of them and lets its reader choose.
///
/// @param id lower-case words joined by hyphens, other than those of the figures
/// @param caption what holds for all of them; what holds for one is its figure's caption
/// @param label what is chosen, as in `Technology`
/// @param options at least two; the first is shown at first
public record Choice(String id, String title, String caption, String label, List<Option> options)
    implements Item {
  /// One of them.
  ///
  /// @param name what a reader chooses, as in `hbm2-sram65`
  public record Option(String name, Figure figure) {
    public Option {
      Texts.requirePresent("option", name);
    }
  }

  public Choice {
    Texts.requireSlug(id);
    Texts.requirePresent("title", title);
    Texts.requirePresent("label", label);
    options = List.copyOf(options);
    if (options.size() < 2) {
      throw new IllegalArgumentException(
          "choice '%s' must have at least 2 options, got %s".formatted(id, options.size()));
    }
    Set<String> names = new HashSet<>();
    for (Option option : options) {
      if (!names.add(option.name())) {
        throw new IllegalArgumentException(
            "options must differ within choice '%s', got '%s' twice".formatted(id, option.name()));
      }
    }
  }

  /// In the order of the options.
  List<Figure> figures() {
    return options.stream().map(Option::figure).toList();
  }

  /// An option as a heading, as in `Technology: hbm2-sram65`.
  String heading(Option option) {
    return label + ": " + option.name();
  }
}
