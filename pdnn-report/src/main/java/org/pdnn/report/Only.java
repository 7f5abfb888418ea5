package org.pdnn.report;

import java.util.Set;

/// A section that some forms hold.
record Only(Set<Form> forms, Section section) implements Section {
  Only {
    forms = Set.copyOf(forms);
  }
}
