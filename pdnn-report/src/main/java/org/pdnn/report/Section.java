package org.pdnn.report;

import java.util.Set;

/// A piece of a document.
public sealed interface Section
    permits Part, Prose, Commands, Link, Sentence, Fact, Group, Only, Item {
  /// The same, left out of all forms but these.
  default Section only(Form... forms) {
    return new Only(Set.of(forms), this);
  }
}
