package org.pdnn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pdnn.evaluation.Environment;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The help of all commands as one manual page in roff's `man` macros, for `man` to show. The texts
/// are those of `--help`.
final class ManPage {
  private final StringBuilder roff = new StringBuilder();

  private ManPage() {}

  static String of(CommandSpec root) {
    ManPage page = new ManPage();
    page.line(
        ".TH %s 1 \"\" \"pdnn %s\" \"User Commands\""
            .formatted(root.name().toUpperCase(Locale.ROOT), Environment.here().version()));
    page.line(".SH NAME");
    page.line(escaped(root.name()) + " \\- " + text(root.usageMessage().description()));
    page.line(".SH SYNOPSIS");
    page.synopsis(root);
    page.line(".SH DESCRIPTION");
    page.footer(root);
    page.line(".SH COMMANDS");
    page.commands(root);
    return page.roff.toString();
  }

  private void commands(CommandSpec of) {
    for (CommandLine command : of.subcommands().values()) {
      CommandSpec spec = command.getCommandSpec();
      line(".SS " + escaped(spec.qualifiedName()));
      line(text(spec.usageMessage().description()));
      line(".PP");
      synopsis(spec);
      for (PositionalParamSpec parameter : spec.positionalParameters()) {
        argument("\\fI%s\\fR".formatted(escaped(parameter.paramLabel())), parameter);
      }
      HelpLayout.groups(spec)
          .forEach((heading, options) -> {
            line(".PP");
            line(escaped(heading) + ":");
            options.forEach(option -> argument(names(option), option));
          });
      footer(spec);
      commands(spec);
    }
  }

  private void synopsis(CommandSpec spec) {
    List<String> words = new ArrayList<>(List.of("\\fB" + escaped(spec.qualifiedName()) + "\\fR"));
    if (!spec.options().isEmpty()) {
      words.add("[OPTIONS]");
    }
    spec.positionalParameters()
        .forEach(parameter -> {
          String label = "\\fI" + escaped(parameter.paramLabel()) + "\\fR";
          String more = parameter.arity().max() > 1 ? "..." : "";
          words.add(parameter.required() ? label + more : "[" + label + more + "]");
        });
    if (!spec.subcommands().isEmpty()) {
      words.add("\\fICOMMAND\\fR");
    }
    line(String.join(" ", words));
  }

  private void argument(String name, ArgSpec argument) {
    line(".TP");
    line(name);
    line(text(argument.description()));
  }

  private static String names(OptionSpec option) {
    List<String> names = new ArrayList<>();
    for (String name : option.names()) {
      names.add("\\fB" + escaped(name) + "\\fR");
    }
    String label = option.arity().max() == 0 ? "" : "=\\fI" + escaped(option.paramLabel()) + "\\fR";
    return String.join(", ", names) + label;
  }

  /// As it stands: examples are columns.
  private void footer(CommandSpec spec) {
    if (spec.usageMessage().footer().length > 0) {
      line(".PP");
      line(".nf");
      for (String sentence : spec.usageMessage().footer()) {
        line(escaped(sentence));
      }
      line(".fi");
    }
  }

  private static String text(String[] sentences) {
    return escaped(String.join(" ", sentences));
  }

  /// A text of picocli's, in which %% is a percent sign, so that roff shows it as it is: a dot or a
  /// quote at the start of a line would be a request.
  private static String escaped(String text) {
    String plain = text.replace("%%", "%").replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }

  private void line(String line) {
    roff.append(line).append('\n');
  }
}
