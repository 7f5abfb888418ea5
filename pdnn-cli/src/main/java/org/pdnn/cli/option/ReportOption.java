package org.pdnn.cli.option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pdnn.report.Document;
import org.pdnn.report.ReportFiles;
import picocli.CommandLine.Option;

/// `--chart`: a result as a page with charts, too.
@Heading("Output")
public final class ReportOption {
  @Option(
      names = "--chart",
      paramLabel = "DIR",
      description =
          "Also write report.html with charts to this folder, each chart also as CSV and JSON.")
  private @Nullable Path folder;

  /// Whether a page is asked for.
  public boolean asked() {
    return folder != null;
  }

  /// The folder that was named.
  public Optional<Path> folder() {
    return Optional.ofNullable(folder);
  }

  /// Writes the page if it was asked for, and says in the document where.
  public void write(Document document) throws IOException {
    if (folder != null) {
      document.fact("report", ReportFiles.write(document, folder).getFirst().toString());
    }
  }
}
