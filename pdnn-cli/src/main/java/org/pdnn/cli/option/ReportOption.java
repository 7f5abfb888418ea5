package org.pdnn.cli.option;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.pdnn.evaluation.Environment;
import org.pdnn.report.Cell;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Prose;
import org.pdnn.report.ReportFiles;
import org.pdnn.report.Section;
import org.pdnn.report.Table;
import picocli.CommandLine.Option;

/// `--chart`: a result as a page with charts, too.
@Heading("Output")
public final class ReportOption {
  @Option(
      names = "--chart",
      paramLabel = "DIR",
      description = "Also write report.html there, with charts, and each as CSV and JSON.")
  private @Nullable Path folder;

  /// Whether a page is asked for.
  public boolean asked() {
    return folder != null;
  }

  /// Writes the page if it was asked for, and says in the document where.
  public void write(org.pdnn.report.Document document) throws IOException {
    if (folder != null) {
      document.fact("report", ReportFiles.write(document, folder).getFirst().toString());
    }
  }

  /// Bridge: writes the page if it was asked for, and says so in the JSON.
  ///
  /// @param verdict what the page says first
  /// @param figures its charts
  /// @param convention its name, with a mark if options changed it
  /// @param assumptions what is taken for granted
  public void write(
      String title,
      String verdict,
      List<Section> figures,
      TextTable table,
      String convention,
      List<String> assumptions,
      ObjectNode json)
      throws IOException {
    if (folder == null) {
      return;
    }
    List<Section> sections = new ArrayList<>(figures);
    sections.add(table("table", "All numbers", table));
    sections.add(
        new Prose(
            "What is taken for granted",
            List.of(
                "Energies are predictions from counted operations; nothing was metered.",
                "Convention %s: %s.".formatted(convention, String.join("; ", assumptions)))));
    SequencedMap<String, String> provenance = new LinkedHashMap<>();
    json.path("provenance")
        .propertyStream()
        .filter(entry -> entry.getValue().isValueNode())
        .forEach(entry -> provenance.put(entry.getKey(), entry.getValue().asText()));
    provenance.put("JDK", Environment.here().jdk());
    Path page =
        ReportFiles.write(Document.of(title, verdict, sections, provenance), folder).getFirst();
    json.put("report", page.toString());
  }

  /// A table of text as one of the page.
  public static Table table(String id, String title, TextTable text) {
    return new Table(
        id,
        title,
        "",
        text.headings().stream().map(heading -> Column.named(heading, "")).toList(),
        text.rows().stream().map(row -> row.stream().map(ReportOption::cell).toList()).toList());
  }

  private static Cell cell(Cell cell) {
    try {
      return cell instanceof Cell.Text(String shown)
          ? new Cell.Shown(Double.parseDouble(shown), shown)
          : cell;
    } catch (NumberFormatException e) {
      return cell;
    }
  }
}
