package org.pdnn.report;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Rows of typed values under columns; [Rows] makes one from records.
///
/// @param id lower-case words joined by hyphens: its files are named so, and so, in camel case, is
///   its list in JSON
/// @param caption below the table; may be empty
/// @param rows each as long as `columns`
/// @param repeated columns that text repeats to the left of a folded table's second half
/// @param fold the column that begins the second half in text; 0 for a table in one piece
public record Table(
    String id,
    String title,
    String caption,
    List<Column> columns,
    List<List<Cell>> rows,
    int repeated,
    int fold)
    implements Item {
  public Table {
    Texts.requireSlug(id);
    Texts.requirePresent("title", title);
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("table '%s' must have at least 1 column".formatted(id));
    }
    Set<String> keys = new HashSet<>();
    for (Column column : columns) {
      if (column.isKept() && !keys.add(column.key())) {
        throw new IllegalArgumentException(
            "keys must differ within table '%s', got '%s' twice".formatted(id, column.key()));
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).size() != columns.size()) {
        throw new IllegalArgumentException(
            "rows of table '%s' must have %s cells, got %s in row %s"
                .formatted(id, columns.size(), rows.get(i).size(), i + 1));
      }
    }
  }

  public Table(
      String id, String title, String caption, List<Column> columns, List<List<Cell>> rows) {
    this(id, title, caption, columns, rows, 0, 0);
  }

  /// The places of the columns that readers see: not of those without a value in any row.
  int[] shown() {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).isShown() && (rows.isEmpty() || holdsValues(i)))
        .toArray();
  }

  private boolean holdsValues(int column) {
    return rows.stream().anyMatch(row -> !(row.get(column) instanceof Cell.None));
  }

  /// The places of the columns that files hold.
  int[] kept() {
    return IntStream.range(0, columns.size()).filter(i -> columns.get(i).isKept()).toArray();
  }

  /// A cell as readers see it.
  String shown(List<Cell> row, int column) {
    return columns.get(column).show(row.get(column));
  }

  /// Whether a column holds numbers, which stand flush right; words stand flush left.
  boolean holdsNumbers(int column) {
    return rows.stream().anyMatch(row -> isNumber(row.get(column)));
  }

  private static boolean isNumber(Cell cell) {
    return switch (cell) {
      case Cell.None _, Cell.Text _, Cell.Words _, Cell.Truth _ -> false;
      case Cell.Whole _, Cell.Real _, Cell.Decimal _, Cell.Measured _, Cell.Bounds _ -> true;
    };
  }
}
