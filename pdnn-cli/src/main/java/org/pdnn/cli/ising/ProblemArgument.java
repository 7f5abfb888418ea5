package org.pdnn.cli.ising;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.pdnn.files.InputFile;
import org.pdnn.ising.Problem;
import org.pdnn.ising.Qubo;
import org.pdnn.ising.format.ProblemFile;
import org.pdnn.ising.instance.Instances;
import org.pdnn.ising.learning.RbmFile;
import org.pdnn.names.Printable;
import org.pdnn.network.FileKind;
import picocli.CommandLine.Parameters;

/// The problem that a command is about: a file, or a name.
public final class ProblemArgument {
  @Parameters(
      paramLabel = "FILE|NAME",
      description =
          "A problem file (Gset or rudy graph, QUBO, DIMACS CNF, dimod's JSON, a restricted"
              + " Boltzmann machine; known by its contents), or one that is made: triangle, lattice:RxC, glass:RxC, loops:RxC:N"
              + " (planted), and, adder, factor:N.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String name;

  /// A problem and where it came from.
  ///
  /// @param sha256 of the file; empty of a problem that was made
  public record Named(String name, Problem problem, String sha256) {}

  /// Reads or makes the problem.
  ///
  /// @param seed of a problem that is made by chance
  /// @throws IOException in one sentence
  public Named read(long seed) throws IOException {
    if (Instances.has(name)) {
      return new Named(name, Instances.of(name, seed), "");
    }
    Path path = Path.of(name);
    if (Files.notExists(path)) {
      throw new IOException(
          "%s is neither a file nor one of %s"
              .formatted(
                  Printable.quoted(name),
                  Instances.known().stream()
                      .map(Instances.Known::form)
                      .collect(Collectors.joining(", "))));
    }
    // A pipe could not be read again.
    if (Files.isRegularFile(path) && FileKind.of(path) == FileKind.SAFETENSORS) {
      InputFile.Hashed<RbmFile> machine = InputFile.unchanged(path, RbmFile::read);
      return new Named(
          path.getFileName().toString(), Qubo.of(machine.value().rbm().form()), machine.sha256());
    }
    ProblemFile file = ProblemFile.read(path);
    return new Named(path.getFileName().toString(), file.problem(), file.sha256());
  }
}
