package org.pdnn.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/// Comma-separated values after RFC 4180: a header of names and units, then the numbers in full.
final class Csv {
  private static final ObjectWriter WRITER =
      CsvMapper.builder()
          // Without it only the first characters of a word decide whether it needs quotes.
          .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
          .build()
          .writerFor(List.class)
          .with(CsvSchema.emptySchema().withLineSeparator("\r\n"));

  private Csv() {}

  static String of(Figure figure) {
    return of(FigureValues.of(figure));
  }

  static String of(Table table) {
    List<String> header = table.columns().stream().map(Table.Column::heading).toList();
    List<List<String>> lines =
        Stream.concat(
                Stream.of(header),
                table.rows().stream().map(row -> row.stream().map(Cell::full).toList()))
            .toList();
    try {
      return WRITER.writeValueAsString(lines);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a list of lists of words is always CSV", e);
    }
  }
}
