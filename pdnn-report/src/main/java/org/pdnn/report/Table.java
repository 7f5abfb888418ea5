package org.pdnn.report;

import java.util.List;

/// Rows under named columns.
///
/// @param id lower-case words joined by hyphens
/// @param rows each as long as `columns`
public record Table(
    String id, String title, String caption, List<Column> columns, List<List<Cell>> rows)
    implements Exhibit {
  /// A column's head.
  ///
  /// @param unit of its numbers; empty for words and plain numbers
  public record Column(String name, String unit) {
    public Column {
      Texts.requirePresent("column name", name);
    }

    /// `name (unit)`
    String heading() {
      return unit.isEmpty() ? name : name + " (" + unit + ")";
    }
  }

  public Table {
    Texts.requireSlug(id);
    Texts.requirePresent("title", title);
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("table '%s' must have at least 1 column".formatted(id));
    }
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).size() != columns.size()) {
        throw new IllegalArgumentException(
            "rows of table '%s' must have %s cells, got %s in row %s"
                .formatted(id, columns.size(), rows.get(i).size(), i + 1));
      }
    }
  }
}
