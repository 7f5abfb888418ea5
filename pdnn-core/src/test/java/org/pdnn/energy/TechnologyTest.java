package org.pdnn.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TechnologyTest {
  private static final int FUZZ_CASES = 5000;

  @TempDir private Path folder;

  static List<String> names() {
    return Technology.NAMES;
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyConstantHasItsSource(String name) {
    Technology technology = Technology.named(name);
    assertEquals(name, technology.name());
    assertFalse(technology.description().isBlank());
    assertTrue(technology.constants().keySet().containsAll(Examples.REQUIRED));
    for (Constant constant : technology.constants().values()) {
      boolean guess = constant.page().startsWith("estimate: ");
      assertTrue(constant.energy().compareTo(Joules.ZERO) > 0 || guess, constant.toString());
      assertTrue(constant.source().contains("doi:"), constant.source());
      assertTrue(guess || constant.page().matches("(figure|table) \\d.*"), constant.page());
      assertTrue(technology.estimate() || !guess, constant.page());
      assertEquals(constant.operation().name().endsWith("_BIT") ? "pJ/bit" : "pJ", constant.unit());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sram65, 0.0384, 0.0384, 8.989, 0.239, 0.087, 0.181, 0.022",
    "hbm2-sram65, 3.97, 0.0384, 8.989, 0.239, 0.087, 0.181, 0.022",
    "fpga-bram, 1.875, 1.875, 150, 4.9, 2, 1, 1"
  })
  void theConstantsOfThePaper(
      String name,
      double weightBit,
      double activationBit,
      double multiply,
      double add,
      double activate,
      double draw,
      double compare) {
    assertEquals(
        List.of(weightBit, activationBit, multiply, add, activate, draw, compare),
        Technology.named(name).constants().values().stream()
            .map(constant -> constant.energy().picojoules())
            .toList());
  }

  @Test
  void unknownNamesGetASuggestion() {
    assertEquals(
        "unknown technology 'sram56' (did you mean 'sram65'?); use "
            + String.join(", ", Technology.NAMES)
            + " or a technology file",
        assertThrows(IllegalArgumentException.class, () -> Technology.named("sram56"))
            .getMessage());
  }

  @Test
  void changesOneConstant() {
    Technology sram = Technology.named("sram65");
    Technology changed = sram.withWeightMemory(Joules.ofPicojoules(2.5));
    assertEquals(
        "weightBit (e_wM) = 2.5 pJ/bit",
        String.valueOf(changed.constants().get(Operation.WEIGHT_BIT)));
    assertEquals(sram.cost(Operation.ADD), changed.cost(Operation.ADD));
    assertThrows(
        IllegalArgumentException.class, () -> sram.withWeightMemory(Joules.ofPicojoules(-1)));
  }

  @Test
  void readsAFile() throws IOException {
    Path file = write(shipped());
    assertEquals(Technology.named("sram65"), Technology.read(file));
  }

  static Stream<List<String>> malformed() {
    return Stream.of(
        List.of("\"multiply\"", "\"multiplier\"", "there is no constant 'multiplier'"),
        List.of("8.989", "-1", "constant 'multiply' (e_mul) must be 0 to 1000000 pJ, got -1.0"),
        List.of("8.989", "1000001", "constant 'multiply' (e_mul) must be 0 to 1000000 pJ"),
        List.of(
            "8.989",
            "1e999",
            "'multiply' (e_mul): 'value' must be a finite number, got number Infinity"),
        List.of("8.989", "NaN", "'value' must be a finite number, got number NaN"),
        List.of("8.989", "null", "'multiply' (e_mul): 'value' must be a finite number, got a null"),
        List.of("8.989", "\"8.989\"", "'multiply' (e_mul): 'value' must be a finite number"),
        List.of("8.989", "[]", "'multiply' (e_mul): 'value' must be a finite number"),
        List.of("\"pJ\"", "\"nJ\"", "'multiply' (e_mul): unit must be 'pJ', got 'nJ'"),
        List.of("\"pJ/bit\"", "\"pJ\"", "'weightBit' (e_wM): unit must be 'pJ/bit', got 'pJ'"),
        List.of("\"figure 6, 65 nm CMOS\"", "\" \"", "constant 'multiply' needs a page"),
        List.of("\"source\"", "\"sauce\"", "'weightBit' (e_wM): 'source' is missing"),
        List.of("\"description\"", "\"estimate\": 1, \"description\"", "'estimate' must be true"),
        List.of(
            "\"constants\": {", "\"constants\": [], \"more\": {", "'constants' must be an object"),
        List.of("\"constants\"", "\"constant\"", "'constants' is missing"),
        List.of("\"sram65\"", "65", "'name' must be a text, got number 65.0"),
        List.of("\"activationBit\"", "\"weightBit\"", "Duplicate field 'weightBit'"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void complainsOfAMalformedFile(List<String> edit) throws IOException {
    String text = new String(shipped(), StandardCharsets.UTF_8);
    int at = text.indexOf(edit.get(0));
    String changed =
        text.substring(0, at) + edit.get(1) + text.substring(at + edit.get(0).length());
    Path file = write(changed.getBytes(StandardCharsets.UTF_8));
    String message = sentence(assertThrows(IOException.class, () -> Technology.read(file)));
    assertTrue(message.contains(edit.get(2)), message);
    assertTrue(message.startsWith(file.toString()), message);
  }

  /// What beyond the paper's figures is a guess is marked.
  @Test
  void estimatesAreMarked() {
    assertEquals(
        List.of("smtj7 (estimate)", "in-memory14 (estimate)"),
        Technology.NAMES.stream()
            .map(Technology::named)
            .filter(Technology::estimate)
            .map(Technology::toString)
            .toList());
  }

  @Test
  void optionalConstantsHaveAMeaningWhenAbsent() {
    Technology hbm = Technology.named("hbm2-sram65");
    assertEquals(hbm.cost(Operation.WEIGHT_BIT), hbm.cost(Operation.CACHE_BIT));
    assertEquals(Joules.ZERO, hbm.cost(Operation.OVERHEAD));
    assertEquals(0.13, Technology.named("qmc65").cost(Operation.OVERHEAD).picojoules());
  }

  @Test
  void complainsOfAMissingConstant() throws IOException {
    String text = new String(shipped(), StandardCharsets.UTF_8);
    String without = text.replaceFirst("(?s),\\s*\"compare\": \\{.*?\\}", "");
    Path file = write(without.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        file + ": constant 'compare' (e_compare) is missing",
        assertThrows(IOException.class, () -> Technology.read(file)).getMessage());
  }

  @Test
  void complainsOfWhatIsNoFile() throws IOException {
    assertThrows(IOException.class, () -> Technology.read(folder));
    assertThrows(IOException.class, () -> Technology.read(folder.resolve("absent.json")));
    assertThrows(IOException.class, () -> Technology.read(write(new byte[0])));
    assertThrows(IOException.class, () -> Technology.read(write(new byte[2 << 20])));
  }

  /// Whatever happens to a file, reading it gives a technology or an IOException with its name.
  @Test
  void survivesDamage() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    byte[] intact = shipped();
    int refused = 0;
    for (int i = 0; i < FUZZ_CASES; i++) {
      byte[] bytes = damaged(intact, random);
      try {
        TechnologyFile.parse(bytes, "fuzz.json");
      } catch (IOException e) {
        assertTrue(sentence(e).startsWith("fuzz.json"), sentence(e));
        refused++;
      }
    }
    assertTrue(refused > FUZZ_CASES / 2, refused + " refused");
  }

  private static String sentence(IOException e) {
    return String.valueOf(e.getMessage());
  }

  private static byte[] damaged(byte[] intact, SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(intact, random.nextInt(intact.length));
    }
    byte[] bytes = intact.clone();
    for (int flips = random.nextInt(1, 9); flips > 0; flips--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static byte[] shipped() throws IOException {
    try (InputStream in = Technology.class.getResourceAsStream("sram65.json")) {
      if (in == null) {
        throw new IOException("sram65.json is not on the class path");
      }
      return in.readAllBytes();
    }
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("technology.json"), bytes);
  }
}
