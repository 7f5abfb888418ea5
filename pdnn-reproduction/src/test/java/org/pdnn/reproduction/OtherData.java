package org.pdnn.reproduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.pdnn.report.Column;
import org.pdnn.report.Figure;
import org.pdnn.report.Item;
import org.pdnn.report.Series;
import org.pdnn.report.Table;

/// Experiments of the paper on data that are not the paper's.
final class OtherData {
  private OtherData() {}

  /// Titles name the data, and no number of the paper stands beside ours.
  static void assertNothingOfThePaper(String data, String papers, Reproduction drawn) {
    assertTrue(drawn.title().endsWith(", " + data), drawn.title());
    assertFalse(drawn.heading().startsWith("The paper's"), drawn.heading());
    assertEquals(
        "The data are %s in place of %s, and no number of the paper stands beside these."
            .formatted(data, papers),
        drawn.remarks().getFirst());
    assertEquals(List.of(), drawn.claims());
    for (Item item : drawn.items()) {
      String words = item.title() + item.caption();
      assertFalse(words.contains("paper") || words.contains(papers), words);
      if (item instanceof Figure figure) {
        for (Series series : figure.series()) {
          assertFalse(series.name().contains("paper"), series.name());
        }
      }
      if (item instanceof Table table) {
        for (Column column : table.columns()) {
          assertFalse(column.heading().matches(".*[Pp]aper.*"), column.heading());
        }
      }
    }
  }
}
