package org.pdnn.cli.option;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.pdnn.names.Printable;

/// One result that is a sentence as text, an object as JSON, and a row as CSV.
public record Summary(String sentence, ObjectNode json, String csv) {
  /// The CSV row holds the object's plain values.
  public Summary(String sentence, ObjectNode json) {
    this(sentence, json, row(json));
  }

  public void print(PrintWriter screen, OutputOptions.Format format) {
    switch (format) {
      case TEXT -> screen.print(OutputOptions.shown(sentence));
      case JSON -> screen.println(Printable.json(json.toPrettyString()));
      case CSV -> screen.print(csv);
    }
    screen.flush();
  }

  private static String row(ObjectNode json) {
    List<String> keys = new ArrayList<>();
    List<Object> cells = new ArrayList<>();
    json.properties().stream()
        .filter(entry -> entry.getValue().isValueNode())
        .forEach(entry -> {
          keys.add(entry.getKey());
          cells.add(entry.getValue().asText());
        });
    return new TextTable(keys.toArray(String[]::new)).row(cells.toArray()).toCsv();
  }
}
