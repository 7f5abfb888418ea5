package org.pdnn.cli.option;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pdnn.files.AtomicFile;
import org.pdnn.names.Printable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where a result goes and in what form: one document on standard output or in a file.
@Heading("Output")
public final class OutputOptions {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final int LONGEST_LINE = 1000;

  /// Bridge, moves to [FormatOption] with the last caller: the forms of a result.
  public enum Format {
    TEXT,
    JSON,
    CSV
  }

  @Mixin private final FormatOption format = new FormatOption();

  @Option(names = "--out", paramLabel = "FILE", description = "Write the result there.")
  private @Nullable Path out;

  /// Prints a document in the form that was asked for; on the screen, too, if its file cannot be
  /// written after all.
  public void print(PrintWriter screen, org.pdnn.report.Document document) throws IOException {
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

  /// Bridge, goes when the last caller prints a document: a result in all its forms.
  public record Document(String text, String csv, JsonNode json) {
    public Document(TextTable table, JsonNode json) {
      this(table.toText(), table.toCsv(), json);
    }
  }

  /// A text for a reader: a name that a file made too long does not fill the screen.
  public static String shown(String text) {
    return text.lines()
        .map(line -> Printable.of(line, LONGEST_LINE))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /// Bridge, as [Document].
  public void print(PrintWriter screen, Document document) throws IOException {
    print(
        screen,
        switch (format.format()) {
          case TEXT -> shown(document.text());
          case CSV -> document.csv();
          case JSON -> Printable.json(JSON.writeValueAsString(document.json())) + "\n";
        });
  }
}
