package org.pdnn.cli;

import java.io.PrintWriter;
import java.util.List;
import org.pdnn.cli.option.Candidates;
import org.pdnn.cli.option.Unknown;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pdnn help`: the help of a command, or all of it as a manual page.
@Command(
    name = "help",
    mixinStandardHelpOptions = true,
    description = "Show the help of a command, or of all commands as a manual page.",
    footer = {
      "",
      "Examples:",
      "  pdnn help train",
      "  pdnn help bench inference",
      "  pdnn help --man > pdnn.1        then man ./pdnn.1"
    })
final class HelpCommand implements Runnable {
  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      completionCandidates = HelpCommand.Names.class,
      description = "The command to explain (default: all, one per line).")
  private List<String> names = List.of();

  @Option(names = "--man", description = "Instead, print a manual page of all commands, in roff.")
  private boolean man;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    CommandLine command = spec.root().commandLine();
    for (String name : names) {
      CommandLine inner = command.getSubcommands().get(name);
      if (inner == null) {
        throw new ParameterException(command, Unknown.command(command.getCommandSpec(), name));
      }
      command = inner;
    }
    PrintWriter out = spec.commandLine().getOut();
    if (man) {
      out.print(ManPage.of(spec.root()));
    } else {
      command.usage(out);
    }
    out.flush();
  }

  /// What a shell completes.
  static final class Names extends Candidates {
    Names() {
      super(Subcommands.names());
    }
  }
}
