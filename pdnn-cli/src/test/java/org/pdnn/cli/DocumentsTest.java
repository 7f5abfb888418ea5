package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.ParameterException;

/// The documents run: their command lines are understood, their Java compiles and works, their
/// links lead somewhere.
class DocumentsTest {
  /// Tests run in the folder of their module.
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|`)\\./pdnn ([^`\\n]+)");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern ARCHITECTURE = Pattern.compile("(?s)```json\n(\\{\"input\".*?)```");
  private static final Pattern SHOWN = Pattern.compile("(?s)```\n\\$ pdnn (.*?\n)```");
  private static final Pattern FENCED = Pattern.compile("(?s)```.*?```");

  static List<Path> documents() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
        Stream<Path> results = Files.walk(ROOT.resolve("results"))) {
      return Stream.of(top, docs, results)
          .flatMap(files -> files)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  /// Every command line of the documents, each once, without `./pdnn`.
  static List<String> commands() throws IOException {
    TreeSet<String> commands = new TreeSet<>();
    for (Path document : documents()) {
      COMMAND
          .matcher(Files.readString(document))
          .results()
          .map(result -> result.group(1).strip())
          .forEach(commands::add);
    }
    return List.copyOf(commands);
  }

  /// Those that take no time and write no file.
  static List<String> cheapCommands() throws IOException {
    return commands().stream()
        .filter(line ->
            line.matches("energy (paper|mlp):.*")
                || (line.startsWith("reproduce ") && !line.contains("--out"))
                || line.startsWith("list ")
                || line.equals("generate-completion")
                || line.equals("help train")
                || line.endsWith("--help"))
        .toList();
  }

  private static String[] words(String line) {
    return line.split("\\s+", -1);
  }

  private static void parse(String line) {
    Outcome.everyCommand().setCaseInsensitiveEnumValuesAllowed(true).parseArgs(words(line));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandLineIsUnderstood(String line) {
    parse(line);
  }

  @Test
  void anOptionThatDoesNotExistIsFoundOut() {
    assertThrows(ParameterException.class, () -> parse("study --bits 3"));
  }

  @Test
  void everyCommandIsShown() throws IOException {
    List<String> lines = commands();
    for (String name : Outcome.everyCommand().getSubcommands().keySet()) {
      assertTrue(lines.stream().anyMatch(line -> line.startsWith(name)), name + " has no example");
    }
  }

  @ParameterizedTest
  @MethodSource("cheapCommands")
  void cheapCommandLinesRun(String line) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out), new PrintWriter(err), words(line));
    assertEquals(0, code, err.toString());
    assertFalse(out.toString().isBlank(), "it prints nothing");
  }

  @Test
  void theJavaOfTheReadmeCompilesAndRuns(@TempDir Path folder)
      throws IOException, ReflectiveOperationException {
    JavaExample.of(ROOT.resolve("README.md")).run(folder);
  }

  /// LeNet: 156 + 2,416 + 48,120 + 10,164 + 850 weights.
  @Test
  void theArchitectureOfTheDocumentsIsPriced(@TempDir Path folder) throws IOException {
    Matcher json =
        ARCHITECTURE.matcher(Files.readString(ROOT.resolve("docs").resolve("energy.md")));
    assertTrue(json.find());
    Path file = Files.writeString(folder.resolve("network.json"), json.group(1));
    List<String> lines =
        commands().stream().filter(line -> line.startsWith("energy network.json")).toList();
    assertEquals(2, lines.size());
    for (String line : lines) {
      Outcome.done((Object[]) words(line.replace("network.json", file.toString())));
    }
    JsonNode layers =
        Outcome.done("energy", file, "--layers", "--format", "json").json().path("layers");
    assertEquals(61_706, sum(layers, "weights"));
    assertEquals(416_520, sum(layers, "macs"));
  }

  private static double sum(JsonNode rows, String key) {
    return rows.valueStream().mapToDouble(row -> row.path(key).asDouble()).sum();
  }

  /// What stands below `$ pdnn ...` is what the command prints; a line of dots stands for any
  /// lines.
  @ParameterizedTest
  @MethodSource("shown")
  void whatIsShownIsPrinted(String block) {
    int end = block.indexOf('\n');
    String printed = Outcome.done((Object[]) words(block.substring(0, end))).out();
    int from = 0;
    for (String part : block.substring(end + 1).split("(?m)^\\.\\.\\.\n", -1)) {
      int at = printed.indexOf(part, from);
      assertTrue(from == 0 ? at == 0 : at >= from, part + "is not in:\n" + printed);
      from = at + part.length();
    }
  }

  static List<String> shown() throws IOException {
    List<String> blocks = new ArrayList<>();
    for (Path document : documents()) {
      SHOWN
          .matcher(Files.readString(document))
          .results()
          .map(result -> result.group(1))
          .forEach(blocks::add);
    }
    return blocks;
  }

  /// Files, and headings within them.
  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsSomewhere(Path document) throws IOException {
    Path home = Objects.requireNonNull(document.getParent());
    List<String> broken = new ArrayList<>();
    for (MatchResult link : LINK.matcher(prose(document)).results().toList()) {
      String target = link.group(1);
      if (!target.startsWith("https://")) {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty() ? document : home.resolve(parts[0]);
        if (!Files.exists(file) || (parts.length > 1 && !anchors(file).contains(parts[1]))) {
          broken.add(target);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  private static String prose(Path document) throws IOException {
    return FENCED.matcher(Files.readString(document)).replaceAll("");
  }

  /// What a heading is called in links: lower case, letters, digits and hyphens.
  private static Set<String> anchors(Path document) throws IOException {
    return HEADING
        .matcher(prose(document))
        .results()
        .map(heading -> heading.group(1).strip().toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  /// One line per command.
  @Test
  void theReadmeNamesEveryCommand() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    for (String command : Outcome.everyCommand().getSubcommands().keySet()) {
      assertTrue(readme.contains("| `./pdnn " + command), command);
    }
  }

  /// The first pages stay short: they are read in a few minutes.
  @ParameterizedTest
  @CsvSource({"README.md, 900", "ARCHITECTURE.md, 1200"})
  void theFirstPagesAreShort(String document, int most) throws IOException {
    int words = Files.readString(ROOT.resolve(document)).strip().split("\\s+", -1).length;
    assertTrue(words <= most, "%s has %d words, more than %d".formatted(document, words, most));
  }

  /// Every claim stands with what it wanted, what came out, how to see it, and whether it was met.
  @Test
  void everyClaimIsMetOrMissed() throws IOException {
    List<String> rows =
        Files.readAllLines(ROOT.resolve("docs").resolve("measured.md")).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| Claim"))
            .toList();
    assertTrue(rows.size() > 40, "only %d claims".formatted(rows.size()));
    for (String row : rows) {
      String[] cells = row.split("\\s*\\|\\s*", -1);
      assertEquals(7, cells.length, row);
      assertTrue(cells[5].matches("met.*|.*\\*\\*missed\\*\\*.*|–"), row);
    }
  }
}
