package org.pdnn.report;

import java.util.List;

/// A strip of small pictures, such as generated digits at growing T.
///
/// @param id lower-case words joined by hyphens
public record Pictures(String id, String title, String caption, List<Picture> pictures)
    implements Item {
  public Pictures {
    Texts.requireSlug(id);
    Texts.requirePresent("title", title);
    pictures = List.copyOf(pictures);
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException("'%s' must have at least 1 picture".formatted(id));
    }
  }
}
