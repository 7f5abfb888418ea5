package org.pdnn.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pdnn.files.AtomicFile;

/// A document as a folder: the page for readers, the same as Markdown with its pictures, and each
/// figure and table as CSV and JSON for scripts.
public final class ReportFiles {
  private ReportFiles() {}

  /// Writes `report.html`, `report.md`, `figures/<id>.csv|json`, `tables/<id>.csv|json` and
  /// `pictures/<id>-<number>.jpg|png` into `folder`.
  ///
  /// @return the files in the order of the document, the page first
  /// @throws IOException in one sentence; files written before it are whole
  public static List<Path> write(Document document, Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    Path page = folder.resolve("report.html");
    HtmlReport.write(document, page);
    files.add(page);
    files.add(write(folder.resolve("report.md"), MarkdownReport.of(document)));
    for (Section section : document.sections(Form.PAGE)) {
      switch (section) {
        case Figure figure -> files.addAll(write(figure, folder, document));
        case Choice choice -> {
          for (Figure figure : choice.figures()) {
            files.addAll(write(figure, folder, document));
          }
        }
        case Table table -> {
          Path stem = folder.resolve("tables").resolve(table.id());
          files.addAll(write(stem, Csv.of(table), Json.of(table), document));
        }
        case Pictures pictures -> {
          for (int i = 0; i < pictures.pictures().size(); i++) {
            Path file = folder.resolve(MarkdownReport.file(pictures, i));
            files.add(write(file, pictures.pictures().get(i).file()));
          }
        }
        default -> {}
      }
    }
    return List.copyOf(files);
  }

  private static List<Path> write(Figure figure, Path folder, Document document)
      throws IOException {
    Path stem = folder.resolve("figures").resolve(figure.id());
    return write(stem, Csv.of(figure), Json.of(figure), document);
  }

  private static List<Path> write(Path stem, String csv, ObjectNode json, Document document)
      throws IOException {
    return List.of(
        write(stem.resolveSibling(stem.getFileName() + ".csv"), csv),
        write(stem.resolveSibling(stem.getFileName() + ".json"), Json.document(json, document)));
  }

  private static Path write(Path file, String content) throws IOException {
    return write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  private static Path write(Path file, byte[] bytes) throws IOException {
    AtomicFile.write(file, out -> out.write(bytes));
    return file;
  }
}
