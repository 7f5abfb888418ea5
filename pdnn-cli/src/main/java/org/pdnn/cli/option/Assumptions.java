package org.pdnn.cli.option;

import java.util.List;
import org.pdnn.energy.Convention;
import org.pdnn.energy.Technology;
import org.pdnn.report.Document;
import org.pdnn.report.Form;
import org.pdnn.report.Prose;

/// What energies take for granted.
///
/// @param label of the convention, with a mark where options changed it
/// @param list one phrase each
public record Assumptions(
    Technology technology, Convention convention, String label, List<String> list) {
  public Assumptions {
    list = List.copyOf(list);
  }

  /// Tells them on the page, and to scripts as provenance.
  public void addTo(Document document) {
    document
        .add(
            new Prose(
                    "What is taken for granted",
                    List.of(
                        "Energies are predictions from counted operations; nothing was metered.",
                        "Convention %s: %s.".formatted(label, String.join("; ", list))))
                .only(Form.PAGE))
        .provenance("technology", technology.name())
        .provenance("estimate", technology.estimate())
        .provenance("convention", convention.name())
        .provenance("assumptions", list);
  }
}
