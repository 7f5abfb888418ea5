package org.pdnn.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// One result that is a sentence as text, an object as JSON, and a row as CSV.
record Summary(String sentence, ObjectNode json) {
  void print(PrintWriter screen, OutputOptions.Format format) {
    switch (format) {
      case TEXT -> screen.println(sentence);
      case JSON -> screen.println(json.toPrettyString());
      case CSV -> {
        List<String> keys = new ArrayList<>();
        List<Object> cells = new ArrayList<>();
        json.properties().stream()
            .filter(entry -> entry.getValue().isValueNode())
            .forEach(entry -> {
              keys.add(entry.getKey());
              cells.add(entry.getValue().asText());
            });
        screen.print(new TextTable(keys.toArray(String[]::new)).row(cells.toArray()).toCsv());
      }
    }
    screen.flush();
  }
}
