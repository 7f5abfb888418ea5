package org.pdnn.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Comma-separated values: a header of JSON keys, then the values, numbers in full.
final class Csv {
  /// As RFC 4180 has it.
  private static final String FILE = "\r\n";

  /// As all that a command prints.
  private static final String PRINTED = "\n";

  private static final ObjectWriter WRITER =
      CsvMapper.builder()
          // Without it only the first characters of a word decide whether it needs quotes.
          .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
          .build()
          .writerFor(List.class);

  private Csv() {}

  /// The tables of a document, an empty line between them; tables of the same columns are one. Of a
  /// document without tables, its facts as one row.
  static String of(Document document) {
    List<Table> tables = tables(document).toList();
    if (tables.isEmpty()) {
      return write(facts(document), PRINTED);
    }
    return tables.stream()
        .collect(Collectors.groupingBy(Table::columns, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(same -> write(lines(same), PRINTED))
        .collect(Collectors.joining(PRINTED));
  }

  static String of(Figure figure) {
    return of(FigureValues.of(figure));
  }

  static String of(Table table) {
    return write(lines(List.of(table)), FILE);
  }

  private static Stream<Table> tables(Document document) {
    return document.sections(Form.CSV).stream()
        .flatMap(section ->
            switch (section) {
              case Table table -> Stream.of(table);
              case Group(_, List<Document> documents) -> documents.stream().flatMap(Csv::tables);
              default -> Stream.of();
            });
  }

  private static List<List<String>> facts(Document document) {
    List<String> keys = new ArrayList<>();
    List<String> values = new ArrayList<>();
    Json.tree(document, Form.CSV).properties().stream()
        .filter(fact -> fact.getValue().isValueNode())
        .forEach(fact -> {
          keys.add(fact.getKey());
          values.add(fact.getValue().asText());
        });
    return List.of(keys, values);
  }

  private static List<List<String>> lines(List<Table> tables) {
    List<Column> columns = tables.getFirst().columns();
    List<List<Cell>> rows = tables.stream().flatMap(table -> table.rows().stream()).toList();
    List<List<String>> lines = new ArrayList<>();
    lines.add(new ArrayList<>());
    rows.forEach(_ -> lines.add(new ArrayList<>()));
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).isKept()) {
        int place = i;
        add(lines, columns.get(i).key(), rows.stream().map(row -> row.get(place)).toList());
      }
    }
    return lines;
  }

  /// Adds a column, and its bounds where it has some.
  private static void add(List<List<String>> lines, String key, List<Cell> cells) {
    if (!cells.stream().allMatch(Cell.Bounds.class::isInstance) || cells.isEmpty()) {
      add(lines, key, cells, Csv::value);
    }
    if (cells.stream().anyMatch(cell -> bounds(cell).isPresent())) {
      add(lines, key + "Low", cells, cell -> bounds(cell).map(Interval::low).map(Numbers::plain));
      add(lines, key + "High", cells, cell -> bounds(cell).map(Interval::high).map(Numbers::plain));
    }
  }

  private static void add(
      List<List<String>> lines,
      String key,
      List<Cell> cells,
      Function<Cell, Optional<String>> value) {
    lines.getFirst().add(key);
    for (int i = 0; i < cells.size(); i++) {
      lines.get(i + 1).add(value.apply(cells.get(i)).orElse(""));
    }
  }

  private static Optional<String> value(Cell cell) {
    return switch (cell) {
      case Cell.Text(String words) -> Optional.of(words);
      case Cell.Words words -> Optional.of(words.toString());
      case Cell.Truth(boolean value) -> Optional.of(Boolean.toString(value));
      case Cell.Whole(long value) -> Optional.of(Long.toString(value));
      case Cell.Real(double value) -> Optional.of(Numbers.plain(value));
      case Cell.Decimal(BigDecimal value) -> Optional.of(value.toPlainString());
      case Cell.Measured(double value, _) -> Optional.of(Numbers.plain(value));
      case Cell.None _, Cell.Bounds _ -> Optional.empty();
    };
  }

  private static Optional<Interval> bounds(Cell cell) {
    return switch (cell) {
      case Cell.Measured(_, Interval bounds) -> Optional.of(bounds);
      case Cell.Bounds(Interval bounds) -> Optional.of(bounds);
      default -> Optional.empty();
    };
  }

  private static String write(List<List<String>> lines, String separator) {
    try {
      return WRITER
          .with(CsvSchema.emptySchema().withLineSeparator(separator))
          .writeValueAsString(lines);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a list of lists of words is always CSV", e);
    }
  }
}
