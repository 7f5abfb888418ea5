package org.pdnn.cli.option;

import java.io.PrintWriter;
import org.pdnn.report.Document;
import picocli.CommandLine.Option;

/// `--format`: the form of what a command prints.
@Heading("Output")
public final class FormatOption {
  /// The forms of a result.
  enum Format {
    TEXT,
    JSON,
    CSV
  }

  @Option(
      names = "--format",
      paramLabel = "text|json|csv",
      defaultValue = "text",
      description = "Format of the result (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TEXT;

  /// The document in the form that was asked for.
  String written(Document document) {
    return switch (format) {
      case TEXT -> document.text();
      case JSON -> document.json();
      // Lines end as all others do that a command prints.
      case CSV -> document.csv().replace("\r\n", "\n");
    };
  }

  /// Prints a document in the form that was asked for.
  public void print(PrintWriter screen, Document document) {
    show(screen, written(document));
  }

  static void show(PrintWriter screen, String text) {
    screen.print(text);
    screen.flush();
  }
}
