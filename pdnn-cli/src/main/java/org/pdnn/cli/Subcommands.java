package org.pdnn.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.pdnn.cli.advise.AdviseCommand;
import org.pdnn.cli.bench.BenchCommand;
import org.pdnn.cli.convert.ConvertCommand;
import org.pdnn.cli.convert.ExportCommand;
import org.pdnn.cli.describe.DescribeCommand;
import org.pdnn.cli.energy.EnergyCommand;
import org.pdnn.cli.evaluate.AnalyseCommand;
import org.pdnn.cli.evaluate.ConfusionCommand;
import org.pdnn.cli.evaluate.EarlyStopCommand;
import org.pdnn.cli.evaluate.EvaluateCommand;
import org.pdnn.cli.evaluate.ExplainCommand;
import org.pdnn.cli.evaluate.FiringRatesCommand;
import org.pdnn.cli.explore.ExploreCommand;
import org.pdnn.cli.hardware.HardwareCommand;
import org.pdnn.cli.ising.IsingCommand;
import org.pdnn.cli.list.ListCommand;
import org.pdnn.cli.predict.PredictCommand;
import org.pdnn.cli.reproduce.ReproduceCommand;
import org.pdnn.cli.serve.ServeCommand;
import org.pdnn.cli.spark.SparkCommand;
import org.pdnn.cli.study.StudyCommand;
import org.pdnn.cli.tradeoff.TradeoffCommand;
import org.pdnn.cli.train.TrainCommand;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// The commands of `pdnn`. Those that a line does not name are known by name and description alone:
/// to build the options of all takes longer than many a command runs.
final class Subcommands {
  private static final List<Class<?>> ALL =
      List.of(
          StudyCommand.class,
          ExploreCommand.class,
          AdviseCommand.class,
          TrainCommand.class,
          EvaluateCommand.class,
          PredictCommand.class,
          ServeCommand.class,
          SparkCommand.class,
          ConfusionCommand.class,
          EarlyStopCommand.class,
          ExplainCommand.class,
          AnalyseCommand.class,
          FiringRatesCommand.class,
          ConvertCommand.class,
          ExportCommand.class,
          HardwareCommand.class,
          IsingCommand.class,
          EnergyCommand.class,
          ReproduceCommand.class,
          TradeoffCommand.class,
          BenchCommand.class,
          DescribeCommand.class,
          ListCommand.class,
          HelpCommand.class,
          GenerateCompletion.class);

  /// Words that print something of every command.
  private static final List<String> NEED_ALL = List.of("--man", "generate-completion");

  private Subcommands() {}

  static Stream<String> names() {
    return ALL.stream().map(type -> described(type).name());
  }

  /// Adds all commands to a line.
  ///
  /// @param words that the line is to read
  static void add(CommandLine line, String... words) {
    List<String> named = Arrays.asList(words);
    boolean all = NEED_ALL.stream().anyMatch(named::contains);
    for (Class<?> type : ALL) {
      String name = described(type).name();
      if (all || named.contains(name)) {
        line.addSubcommand(name, type);
      } else {
        CommandSpec outline = CommandSpec.create().name(name);
        outline.usageMessage().description(described(type).description());
        line.addSubcommand(name, outline);
      }
    }
  }

  private static Command described(Class<?> type) {
    return type.getAnnotation(Command.class);
  }
}
