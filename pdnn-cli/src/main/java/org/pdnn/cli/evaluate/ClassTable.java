package org.pdnn.cli.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.TextTable;
import org.pdnn.evaluation.Confusion;

/// `--per-class`: accuracy of each class at the largest T, and what its images were taken for. Each
/// image counts once for every noise seed.
final class ClassTable {
  /// Classes whose whole matrix fits on a screen.
  private static final int SCREEN = 12;

  /// Classes whose matrix is written at all.
  private static final int MOST = 1000;

  private ClassTable() {}

  /// @param names of the classes of the data
  /// @param samples the largest T
  /// @param model what the results call it
  static OutputOptions.Document of(
      Confusion confusion, List<String> names, int samples, String model, String data) {
    if (names.size() > MOST) {
      throw new IllegalArgumentException(
          "--per-class takes at most %s classes, got %s".formatted(MOST, names.size()));
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", model).put("data", data).put("samples", samples);
    json.put("seeds", confusion.seeds()).putArray("classes");
    TextTable text = table(names.size() <= SCREEN ? names : List.of(), "accuracy %", true);
    TextTable csv = table(names, "accuracy", false);
    for (int label = 0; label < names.size(); label++) {
      int answers = confusion.answers(label);
      double accuracy = answers == 0 ? 0 : (double) confusion.count(label, label) / answers;
      int mistaken = confusion.mistakenFor(label);
      ObjectNode node =
          json.withArray("classes")
              .addObject()
              .put("class", names.get(label))
              .put("images", answers / confusion.seeds());
      if (answers > 0) {
        node.put("accuracy", accuracy);
      }
      ObjectNode predicted = node.putObject("predicted");
      List<Object> counts = new ArrayList<>();
      for (int chosen = 0; chosen < names.size(); chosen++) {
        counts.add(confusion.count(label, chosen));
        predicted.put(names.get(chosen), confusion.count(label, chosen));
      }
      List<Object> row = new ArrayList<>();
      row.add(names.get(label));
      row.add(answers / confusion.seeds());
      row.add(answers == 0 ? "" : accuracy);
      row.addAll(counts);
      csv.row(row.toArray());
      row.set(2, answers == 0 ? "-" : String.format(Locale.ROOT, "%.2f", 100 * accuracy));
      if (names.size() > SCREEN) {
        row.subList(3, row.size()).clear();
      }
      // A network may have more outputs than the data have classes.
      row.add(
          mistaken == label
              ? "-"
              : mistaken < names.size() ? names.get(mistaken) : "output " + mistaken);
      text.row(row.toArray());
    }
    text.before("%s on %s at T = %s".formatted(model, data, samples))
        .after(
            "A row is a true class; the columns count what its images were taken for, %s for each image."
                .formatted(confusion.seeds() == 1 ? "once" : confusion.seeds() + " noise seeds"));
    return new OutputOptions.Document(text.toText(), csv.toCsv(), json);
  }

  private static TextTable table(List<String> names, String accuracy, boolean mistaken) {
    List<String> headings = new ArrayList<>(List.of("class", "images", accuracy));
    headings.addAll(names);
    if (mistaken) {
      headings.add("most often mistaken for");
    }
    return new TextTable(headings.toArray(String[]::new));
  }
}
