package org.pdnn.cli.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pdnn.energy.Technology;
import picocli.CommandLine.Option;

/// `--technology`: what energies are predicted for.
@Heading("Energy model")
public final class TechnologyOption {
  @Option(
      names = "--technology",
      completionCandidates = Candidates.Technologies.class,
      paramLabel = "NAME|FILE",
      defaultValue = "sram65",
      description =
          "Technology of the prediction: one of pdnn list technologies, or a file of constants"
              + " (default: ${DEFAULT-VALUE}).")
  private String technology = "sram65";

  public Technology read() throws IOException {
    return read(technology);
  }

  /// A shipped technology by its name, or a user's from a file.
  public static Technology read(String name) throws IOException {
    Path file = Path.of(name);
    return name.endsWith(".json") || Files.exists(file)
        ? Technology.read(file)
        : Technology.named(name);
  }
}
