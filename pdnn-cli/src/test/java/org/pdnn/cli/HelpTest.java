package org.pdnn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.energy.PaperPreset;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "study --help",
        "train --help",
        "evaluate --help",
        "analyse --help",
        "confusion --help",
        "describe --help",
        "early-stop --help",
        "explain --help",
        "firing-rates --help",
        "predict --help",
        "energy --help",
        "reproduce --help",
        "tradeoff --help",
        "bench --help",
        "bench inference --help",
        "bench training --help",
        "bench energy --help",
        "spark --help",
        "spark score --help",
        "spark sweep --help",
        "list --help",
        "help --help"
      })
  void everyCommandShowsExamples(String line) {
    Outcome help = Outcome.done((Object[]) line.split(" "));
    assertTrue(help.out().contains("Example"), help.out());
    assertTrue(help.out().contains("  pdnn "), help.out());
    assertEquals("", help.err());
  }

  /// A line that is too long is broken, in the middle of an example.
  @Test
  void everyHelpFitsAScreenOf80Columns() {
    assertFits(Outcome.everyCommand());
  }

  private static void assertFits(CommandLine command) {
    String help = command.getUsageMessage();
    help.lines().forEach(line -> assertTrue(line.length() <= 80, line));
    for (String line : command.getCommandSpec().usageMessage().footer()) {
      String whole = line.replace("%%", "%");
      assertTrue(!line.startsWith("  pdnn ") || help.contains("\n" + whole + "\n"), line);
    }
    command.getSubcommands().values().forEach(HelpTest::assertFits);
  }

  @Test
  void examplesStandBeforeOptionsAndNotesAfter() {
    String help = Outcome.done("evaluate", "--help").out();
    List<Integer> places =
        Stream.of(
                "Measure a model",
                "\nExamples:\n  pdnn",
                "\n\nData:\n",
                "\n\nGeneral:\n",
                "N_eq is")
            .map(help::indexOf)
            .toList();
    assertEquals(places.stream().sorted().toList(), places, help);
    assertTrue(places.getFirst() >= 0, help);
  }

  @Test
  void theVersionIsOneLine() {
    Outcome version = Outcome.done("--version");
    assertTrue(version.out().matches("pdnn [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R"), version.out());
  }

  @Test
  void completionIsABashScript() {
    Outcome script = Outcome.done("generate-completion");
    assertTrue(script.out().startsWith("#!/usr/bin/env bash"), script.out());
    for (String word : new String[] {"evaluate", "--checkpoint-seconds", "--sweep-memory"}) {
      assertTrue(script.out().contains(word), word);
    }
  }

  /// The word alone asks what there is to do.
  @Test
  void withoutACommandTheHelpIsShown() {
    assertEquals(Outcome.done("--help"), Outcome.done());
    assertEquals(Outcome.done("bench", "--help"), Outcome.done("bench"));
  }

  @Test
  void helpIsACommandToo() {
    assertEquals(Outcome.done("--help"), Outcome.done("help"));
    assertEquals(Outcome.done("train", "--help"), Outcome.done("help", "train"));
    assertEquals(
        Outcome.done("bench", "energy", "--help"), Outcome.done("help", "bench", "energy"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          trian                     | unknown command 'trian' (did you mean 'train'?); see pdnn --help
          eval m.safetensors        | unknown command 'eval' (did you mean 'evaluate'?); see pdnn --help
          xyzzy                     | unknown command 'xyzzy'; see pdnn --help
          help trian                | unknown command 'trian' (did you mean 'train'?); see pdnn --help
          bench inferense           | unknown command 'inferense' (did you mean 'inference'?); see pdnn bench --help
          train --sampels=3         | unknown option '--sampels' (did you mean '--samples'?); see pdnn train --help
          train --checkpoint 3      | unknown option '--checkpoint' (did you mean '--checkpoint-seconds'?); see pdnn train --help
          train --no-flp            | unknown option '--no-flp' (did you mean '--no-flip'?); see pdnn train --help
          train digits              | unexpected argument 'digits'; see pdnn train --help
          """)
  void whatIsMistypedIsTold(String line, String sentence) {
    assertEquals(sentence, Outcome.refused(2, (Object[]) line.split(" ")));
  }

  @Test
  void theManualPageHoldsEveryCommandAndOption() {
    String page = Outcome.done("help", "--man").out();
    assertTrue(page.startsWith(".TH PDNN 1 "), page);
    assertManual(page, Outcome.everyCommand().getCommandSpec());
    assertFalse(page.lines().anyMatch(line -> line.startsWith("'")), "a stray request");
  }

  private static void assertManual(String page, CommandSpec of) {
    for (CommandLine command : of.subcommands().values()) {
      CommandSpec spec = command.getCommandSpec();
      assertTrue(
          page.contains(".SS " + spec.qualifiedName().replace("-", "\\-")), spec.qualifiedName());
      for (OptionSpec option : spec.options()) {
        assertTrue(page.contains(option.longestName().replace("-", "\\-")), option.longestName());
      }
      assertManual(page, spec);
    }
  }

  @Test
  void theManualPageIsSoundRoff(@TempDir Path folder) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "no /usr/bin/groff");
    Path page = folder.resolve("pdnn.1");
    Files.writeString(page, Outcome.done("help", "--man").out());
    Process groff =
        new ProcessBuilder("/usr/bin/groff", "-man", "-ww", "-Tutf8", page.toString())
            .redirectOutput(folder.resolve("page.txt").toFile())
            .start();
    assertEquals("", new String(groff.getErrorStream().readAllBytes(), UTF_8));
    assertTrue(Files.readString(folder.resolve("page.txt")).contains("pdnn train"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"models", "schemes", "neurons", "technologies", "data"})
  void whatIsListedHasADescription(String what) throws IOException {
    JsonNode names = Outcome.done("list", what, "--format", "json").json().path(what);
    assertFalse(names.isEmpty(), what);
    for (JsonNode named : names) {
      assertFalse(named.path("description").asText().isBlank(), named.toString());
    }
    String text = Outcome.done("list", what).out();
    names.forEach(named -> assertTrue(text.contains(named.path("name").asText()), text));
  }

  @Test
  void whatIsListedIsUnderstood() throws IOException {
    for (JsonNode neuron :
        Outcome.done("list", "neurons", "--format", "json").json().path("neurons")) {
      String notation = neuron.path("name").asText();
      assertEquals(notation, Neuron.parse(notation).toString());
    }
    for (JsonNode model :
        Outcome.done("list", "models", "--format", "json").json().path("models")) {
      String name = model.path("name").asText();
      if (name.startsWith("paper:")) {
        assertTrue(PaperPreset.named(name).isPresent(), name);
      } else {
        Preset.network(name, Neuron.parse("pbit:sigmoid"));
      }
    }
    assertTrue(Outcome.refused(2, "list", "modles").contains("'modles' (did you mean 'models'?)"));
  }

  /// Bash looks up the name behind the last slash, so that one registration serves all.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ./pdnn ev                  | evaluate
          pdnn ev                    | evaluate
          pdnn bench inf             | inference
          pdnn train --sch           | --schedule --scheme
          pdnn train --initial py    | pytorch
          pdnn train --scheme scr    | scrambled
          pdnn list tech             | technologies
          pdnn help exp              | explain explore export
          """)
  void bashCompletes(String line, String words, @TempDir Path folder) throws Exception {
    Path script = folder.resolve("completion");
    Files.writeString(script, Outcome.done("generate-completion").out());
    String ask =
        """
        source %s
        complete -p pdnn | grep -q -- '-F _complete_pdnn' || exit 1
        COMP_LINE='%s'; COMP_WORDS=($COMP_LINE); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        compopt() { :; }
        _complete_pdnn
        echo $(printf '%%s\\n' "${COMPREPLY[@]}" | sort)
        """
            .formatted(script, line);
    Process bash = new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
    String said = new String(bash.getInputStream().readAllBytes(), UTF_8).strip();
    assertEquals(words, said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trian",
        "train --sample 3",
        "evaluate",
        "evaluate m.safetensors --format yaml",
        "evaluate m.safetensors --average middle",
        "predict m.safetensors",
        "predict m.safetensors seven.png --index 1",
        "train --epochs many",
        "bench inference --batch many",
        "reproduce"
      })
  void wrongUsageNamesTheHelp(String line) {
    String sentence = Outcome.refused(2, (Object[]) line.split(" "));
    assertTrue(sentence.matches(".*; see pdnn( [a-z]+)* --help"), sentence);
  }

  @Test
  void theStackTraceIsForThoseWhoAsk() {
    Outcome verbose = Outcome.of("energy", "none.safetensors", "--verbose");
    assertEquals(1, verbose.code());
    assertTrue(verbose.err().contains("\tat org.pdnn."), verbose.err());
  }
}
