package org.pdnn.cli.option;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pdnn.files.AtomicFile;
import org.pdnn.report.Document;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where a result goes and in what form: one document on standard output or in a file.
@Heading("Output")
public final class OutputOptions {
  @Mixin private final FormatOption format = new FormatOption();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "File for the result (default: standard output).")
  private @Nullable Path out;

  /// Prints a document in the form that was asked for; on the screen, too, if its file cannot be
  /// written after all.
  public void print(PrintWriter screen, Document document) throws IOException {
    print(screen, format.written(document));
  }

  private void print(PrintWriter screen, String text) throws IOException {
    if (out != null) {
      try {
        AtomicFile.write(out, file -> file.write(text.getBytes(StandardCharsets.UTF_8)));
        return;
      } catch (IOException e) {
        FormatOption.show(screen, text);
        throw e;
      }
    }
    FormatOption.show(screen, text);
  }
}
