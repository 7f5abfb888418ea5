package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.Shape;

/// Numbers, and names of files that hold them, are the same for everyone.
class LocaleTest {
  /// Literals, also joined ones, with a number in them that are formatted by the default locale.
  private static final Pattern LOCALISED =
      Pattern.compile(
          "\"[^\"\\n]*%(\\d+\\$)?[-+ ,0(#]*\\d*(\\.\\d+)?[dfeg](?![A-Za-z])[^\"\\n]*\""
              + "(\\s*\\+\\s*\"[^\"\\n]*\")*\\s*\\)?\\s*\\.formatted\\(");

  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    model =
        SmallFiles.model(folder.resolve("m.safetensors"), "mlp:784-4-10", Shape.of(1, 28, 28), 10);
  }

  private static String[] locale(String tag) {
    return new String[] {
      "-Duser.language=" + tag.substring(0, 2), "-Duser.region=" + tag.substring(3)
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"fa-IR", "ar-EG", "tr-TR", "hi-IN"})
  void whatIsPrintedIsTheSame(String tag) throws Exception {
    Object[] line = {"energy", model, "--samples", "1,2000", "--batch-size"};
    Object[] known = {"energy", model, "--samples", "1,2000"};
    Jvm.Ended ended = Jvm.of(locale(tag)).run(known);
    assertEquals(Outcome.done(known).out(), ended.out());
    assertEquals(Outcome.of(line).err(), Jvm.of(locale(tag)).run(line).err());
  }

  /// The locale fa-IR has digits of its own; a checkpoint called by them is not found again.
  @Test
  void aTrainingGoesOnInAnyLocale() throws Exception {
    Path out = folder.resolve("p.safetensors");
    Object[] line = {
      "train",
      "--digits",
      64,
      "--network",
      "mlp:784-4-10",
      "--epochs",
      400,
      "--checkpoint-seconds",
      0,
      "--validation",
      0,
      "--out",
      out
    };
    Process process = Jvm.of(locale("fa-IR")).start(line);
    Path checkpoints = folder.resolve("p.safetensors.checkpoints");
    List<String> names = List.of();
    while (names.size() < 2) {
      assertTrue(process.isAlive());
      names = names(checkpoints);
    }
    process.destroyForcibly().waitFor();
    for (String name : names(checkpoints)) {
      assertTrue(name.matches("\\.?checkpoint-[0-9]+\\.safetensors.*"), name);
    }
    Jvm.Ended ended = Jvm.of(locale("fa-IR")).run(Outcome.joined(line, "--resume"));
    assertEquals(0, ended.code(), ended.err());
    assertTrue(Files.exists(out));
    assertTrue(Files.notExists(checkpoints), names(checkpoints).toString());
    assertTrue(ended.out().contains(" parameters"), ended.out());
  }

  private static List<String> names(Path checkpoints) throws IOException {
    if (Files.notExists(checkpoints)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /// Libraries are used in programs that set no locale. The command sets its own.
  @Test
  void librariesFormatNumbersInNoLocale() throws IOException {
    List<String> localised = new ArrayList<>();
    int read = 0;
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      for (Path file :
          files
              .filter(path -> path.toString().replace('\\', '/').matches(".*/src/main/java/.*"))
              .filter(path -> path.toString().endsWith(".java"))
              .filter(path -> !path.toString().contains("pdnn-cli"))
              .toList()) {
        read++;
        if (LOCALISED.matcher(Files.readString(file)).find()) {
          localised.add(file + ": use %s for integers, String.format(Locale.ROOT, ...) for others");
        }
      }
    }
    assertTrue(read > 300, "only %d files".formatted(read));
    assertTrue(LOCALISED.matcher("(\"a %d\"\n + \"b\")\n .formatted(3)").find());
    assertEquals(List.of(), localised);
  }
}
