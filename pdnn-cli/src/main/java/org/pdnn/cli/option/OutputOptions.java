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
import picocli.CommandLine.Option;

/// Where a result goes and in what form: one document on standard output or in a file.
public final class OutputOptions {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final int LONGEST_LINE = 1000;

  /// The forms of a result.
  public enum Format {
    TEXT,
    JSON,
    CSV
  }

  @Option(
      names = "--format",
      paramLabel = "text|json|csv",
      defaultValue = "text",
      description = "Form of the result (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TEXT;

  @Option(names = "--out", paramLabel = "FILE", description = "Write the result there.")
  private @Nullable Path out;

  /// Prints a document in the form that was asked for; on the screen, too, if its file cannot be
  /// written after all.
  public void print(PrintWriter screen, org.pdnn.report.Document document) throws IOException {
    String text =
        switch (format) {
          case TEXT -> document.text();
          case JSON -> document.json();
          case CSV -> document.csv();
        };
    if (out == null) {
      screen.print(text);
      screen.flush();
    } else {
      try {
        AtomicFile.write(out, file -> file.write(text.getBytes(StandardCharsets.UTF_8)));
      } catch (IOException e) {
        screen.print(text);
        screen.flush();
        throw e;
      }
    }
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

  /// Prints a result in the form that was asked for; on the screen, too, if its file cannot be
  /// written after all.
  public void print(PrintWriter screen, Document document) throws IOException {
    String text =
        switch (format) {
          case TEXT -> shown(document.text());
          case CSV -> document.csv();
          case JSON -> Printable.json(JSON.writeValueAsString(document.json())) + "\n";
        };
    if (out == null) {
      screen.print(text);
      screen.flush();
    } else {
      try {
        AtomicFile.write(out, file -> file.write(text.getBytes(StandardCharsets.UTF_8)));
      } catch (IOException e) {
        screen.print(text);
        screen.flush();
        throw e;
      }
    }
  }
}
