package org.pdnn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes a [Table] from records, a row each: columns are added with what their cells hold.
///
/// @param <R> what a row is about
public final class Rows<R> {
  private final List<R> subjects;
  private final List<Column> columns = new ArrayList<>();
  private final List<Function<R, Cell>> values = new ArrayList<>();
  private int repeated;
  private int fold;

  public Rows(List<R> subjects) {
    this.subjects = List.copyOf(subjects);
  }

  /// Adds a column.
  ///
  /// @param value as for [Cell#of]
  public Rows<R> add(Column column, Function<R, ? extends @Nullable Object> value) {
    columns.add(column);
    values.add(subject -> Cell.of(value.apply(subject)));
    return this;
  }

  /// Adds a column of words or of numbers in full.
  public Rows<R> add(String key, String heading, Function<R, ? extends @Nullable Object> value) {
    return add(Column.of(key, heading), value);
  }

  /// In text, the columns from here on stand below the others, beside the first ones again.
  ///
  /// @param repeated how many
  public Rows<R> fold(int repeated) {
    this.repeated = repeated;
    fold = columns.size();
    return this;
  }

  public Table table(String id, String title) {
    return table(id, title, "");
  }

  public Table table(String id, String title, String caption) {
    List<List<Cell>> rows =
        subjects.stream()
            .map(subject -> values.stream().map(value -> value.apply(subject)).toList())
            .toList();
    return new Table(id, title, caption, columns, rows, repeated, fold);
  }
}
