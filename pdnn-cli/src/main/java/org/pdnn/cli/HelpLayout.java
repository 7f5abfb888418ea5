package org.pdnn.cli;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pdnn.cli.option.Heading;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// How every help is laid out: usage in a line, examples before the options, and those under
/// headings.
final class HelpLayout {
  private static final String EXAMPLES = "examples";

  /// Of options without a heading of their own.
  private static final String OPTIONS = "Options";

  /// Of options that all commands have.
  private static final String GENERAL = "General";

  /// What a reader looks for last.
  private static final List<String> LAST = List.of(OPTIONS, "Output", "Seed and threads", GENERAL);

  private HelpLayout() {}

  /// Lays out the help of a command and of those below it.
  static void apply(CommandLine line) {
    List<String> keys = new ArrayList<>(line.getHelpSectionKeys());
    keys.add(keys.indexOf(UsageMessageSpec.SECTION_KEY_DESCRIPTION) + 1, EXAMPLES);
    line.setHelpSectionKeys(keys);
    Map<String, IHelpSectionRenderer> sections = new HashMap<>(line.getHelpSectionMap());
    sections.put(EXAMPLES, help -> footer(help, HelpLayout::isExample));
    sections.put(
        UsageMessageSpec.SECTION_KEY_FOOTER,
        help -> footer(help, paragraph -> !isExample(paragraph)));
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
    sections.put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, HelpLayout::parameters);
    line.setHelpSectionMap(sections);
    abbreviate(line);
  }

  private static void abbreviate(CommandLine line) {
    line.getCommandSpec()
        .usageMessage()
        .abbreviateSynopsis(true)
        .commandListHeading("%nCommands:%n");
    line.getSubcommands().values().forEach(HelpLayout::abbreviate);
  }

  /// The options of a command by their headings, in the order of the first of each.
  static SequencedMap<String, List<OptionSpec>> groups(CommandSpec command) {
    SequencedMap<String, List<OptionSpec>> groups =
        command.options().stream()
            .filter(option -> !option.hidden())
            .collect(
                Collectors.groupingBy(
                    HelpLayout::heading, LinkedHashMap::new, Collectors.toList()));
    for (String heading : LAST) {
      List<OptionSpec> options = groups.remove(heading);
      if (options != null) {
        groups.putLast(heading, options);
      }
    }
    return groups;
  }

  private static String heading(OptionSpec option) {
    if (option.inherited() || !(option.userObject() instanceof Field field)) {
      return GENERAL;
    }
    Class<?> type = field.getDeclaringClass();
    return Stream.of(field, type)
        .map(element -> element.getAnnotation(Heading.class))
        .filter(Objects::nonNull)
        .map(Heading::value)
        .findFirst()
        .orElse(type.getName().startsWith("picocli.") ? GENERAL : OPTIONS);
  }

  private static String options(Help help) {
    return groups(help.commandSpec()).entrySet().stream()
        .map(group -> {
          Help.Layout layout = help.createDefaultLayout();
          layout.addOptions(group.getValue(), help.parameterLabelRenderer());
          return "%n%s:%n%s".formatted(group.getKey(), layout);
        })
        .collect(Collectors.joining());
  }

  private static String parameters(Help help) {
    String list = help.parameterList();
    return list.isEmpty() ? "" : "%n%s".formatted(list);
  }

  /// The paragraphs of a footer that are, or are not, its examples.
  private static String footer(Help help, Predicate<String> wanted) {
    UsageMessageSpec usage = help.commandSpec().usageMessage();
    StringBuilder text = new StringBuilder();
    for (String paragraph : String.join("\n", usage.footer()).split("\n\n", -1)) {
      if (wanted.test(paragraph)) {
        text.append("%n".formatted());
        Help.join(
            help.ansi(),
            usage.width(),
            usage.adjustLineBreaksForWideCJKCharacters(),
            paragraph.strip().split("\n", -1),
            text);
      }
    }
    return text.toString();
  }

  private static boolean isExample(String paragraph) {
    return paragraph.strip().startsWith("Example");
  }
}
