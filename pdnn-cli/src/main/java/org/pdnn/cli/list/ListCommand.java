package org.pdnn.cli.list;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.pdnn.cli.option.Candidates;
import org.pdnn.cli.option.OutputOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pdnn list`: the names that commands know.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List the models, schemes, neurons, technologies or data sets known by name.",
    footer = {
      "",
      "Examples:",
      "  pdnn list models",
      "  pdnn list technologies --format json      every constant with its source"
    })
public final class ListCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "models|schemes|neurons|technologies|data",
      converter = Listing.Converter.class,
      completionCandidates = ListCommand.Names.class,
      description = "What to list.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Listing listing;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    output.print(spec.commandLine().getOut(), listing.document());
    return 0;
  }

  /// What a shell completes.
  static final class Names extends Candidates {
    Names() {
      super(Listing.names().stream());
    }
  }
}
