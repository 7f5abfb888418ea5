package org.pdnn.ising.format;

import java.io.IOException;
import java.nio.file.Path;
import org.pdnn.files.InputFile;
import org.pdnn.files.JsonFile;
import org.pdnn.ising.Problem;
import org.pdnn.names.Printable;

/// A problem from a file, whose format is known by its first words, and BiqMac's matrices by their
/// ending:
///
/// | Begins with | Format | Problem |
/// |---|---|---|
/// | two numbers, in a file `.sparse` | BiqMac's matrices | [org.pdnn.ising.Qubo] |
/// | two numbers | rudy, Gset | [org.pdnn.ising.MaxCut] |
/// | `p cnf` | DIMACS | [org.pdnn.ising.Formula] |
/// | `p qubo` | qbsolv | [org.pdnn.ising.Qubo] |
/// | three numbers, `#` | coordinates | [org.pdnn.ising.Qubo], [org.pdnn.ising.SpinGlass] |
/// | `{` | dimod's JSON | [org.pdnn.ising.Qubo], [org.pdnn.ising.SpinGlass] |
///
/// @param sha256 of the file
public record ProblemFile(Problem problem, String sha256) {
  /// The longest file that is read, in bytes.
  static final int LARGEST = 1 << 30;

  /// Reads a file.
  ///
  /// @throws IOException in one sentence with file, line and remedy
  public static ProblemFile read(Path path) throws IOException {
    InputFile file = InputFile.read(path, "problem file", LARGEST);
    return new ProblemFile(parse(file.bytes(), path.toString()), file.sha256());
  }

  /// Reads bytes.
  ///
  /// @param name what to call them in a complaint
  static Problem parse(byte[] bytes, String name) throws IOException {
    Lines lines = new Lines(bytes);
    try {
      if (lines.next() && lines.peek() == '{') {
        return JsonFile.parse(bytes, name, DimodFormat::read);
      }
      return text(new Lines(bytes), name.endsWith(".sparse"));
    } catch (IllegalArgumentException e) {
      throw new IOException("%s, %s".formatted(name, e.getMessage()), e);
    }
  }

  private static Problem text(Lines lines, boolean sparse) {
    while (lines.next()) {
      switch (lines.peek()) {
        case 'c' -> {}
        case 'p' -> {
          lines.word("p");
          String kind = lines.word("the kind of problem");
          return switch (kind) {
            case "cnf" -> DimacsFormat.read(lines);
            case "qubo" -> QuboFormat.read(lines);
            default ->
                throw lines.fault(
                    "'p' is followed by cnf or qubo, got %s".formatted(Printable.quoted(kind)));
          };
        }
        case '#' -> {
          return QuboFormat.readCoordinates(lines);
        }
        default -> {
          if (lines.words() != 2) {
            return QuboFormat.readCoordinates(lines);
          }
          return sparse ? QuboFormat.readSparse(lines) : RudyFormat.read(lines);
        }
      }
    }
    throw lines.fault("the file has no problem; it is empty");
  }
}
