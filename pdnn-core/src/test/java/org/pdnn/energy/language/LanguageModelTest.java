package org.pdnn.energy.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LanguageModelTest {
  private static final int FUZZ_CASES = 5000;

  @TempDir private Path folder;

  /// As published with the weights. Qwen3-0.6B: 596,049,920.
  static Stream<Arguments> published() {
    return Stream.of(
        Arguments.of(Configs.GPT_2, 124_439_808L),
        Arguments.of(Configs.LLAMA_2_7B, 6_738_415_616L),
        Arguments.of(Configs.LLAMA_3_8B, 8_030_261_248L),
        Arguments.of(Configs.MISTRAL_7B, 7_241_732_096L),
        Arguments.of(Configs.QWEN_2_5, 494_032_768L),
        Arguments.of(Configs.QWEN_3, 596_049_920L));
  }

  @ParameterizedTest
  @MethodSource("published")
  void parametersAreThePublishedOnes(String json, long parameters) throws IOException {
    assertEquals(parameters, Configs.read(json).parameters());
  }

  @Test
  void windowsAreReadAsTheFamilyUsesThem() throws IOException {
    assertEquals(32, Configs.read(Configs.MISTRAL_7B).attention().windowedBlocks());
    assertEquals(4096, Configs.read(Configs.MISTRAL_7B).attention().window());
    assertEquals(0, Configs.read(Configs.QWEN_2_5).attention().windowedBlocks());
    String used = Configs.QWEN_2_5.replace("window\": false", "window\": true");
    assertEquals(3, Configs.read(used).attention().windowedBlocks());
  }

  @Test
  void whatIsLeftOutHasTheUsualValue() throws IOException {
    LanguageModel gpt = Configs.read(Configs.GPT_2);
    assertEquals(3072, gpt.feedForward().hidden());
    assertEquals(16, gpt.bits());
    assertEquals(OptionalInt.empty(), Configs.read(Configs.TINY).positions());
    assertEquals(32, Configs.read(Configs.TINY).bits());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "hidden_size": 2, | | 'hidden_size' is missing
          "hidden_size": 2 | "hidden_size": 0 | 'hidden_size' must be a whole number from 1 to 1048576, got 0
          "hidden_size": 2 | "hidden_size": -4 | 'hidden_size' must be a whole number from 1 to 1048576, got -4
          "hidden_size": 2 | "hidden_size": 1e999 | 'hidden_size' must be a whole number
          "hidden_size": 2 | "hidden_size": 2.5 | 'hidden_size' must be a whole number from 1 to 1048576, got 2.5
          "hidden_size": 2 | "hidden_size": 99999999999999999999 | 'hidden_size' must be a whole number
          "hidden_size": 2 | "hidden_size": "2" | 'hidden_size' must be a whole number
          "hidden_size": 2 | "hidden_size": [2] | 'hidden_size' must be a whole number from 1 to 1048576, got an array
          "hidden_size": 2 | "hidden_size": null | 'hidden_size' must be a whole number from 1 to 1048576, got null
          "hidden_size": 2 | "hidden_size": NaN | config.json, line 1
          "hidden_size": 2 | "hidden_size": 3 | the heads must divide the width
          "num_key_value_heads": 1 | "num_key_value_heads": 3 | 'num_key_value_heads' must divide
          "vocab_size": 5 | "vocab_size": 5, "hidden_act": "relu6" | 'hidden_act' must be silu or gelu, got relu6
          "vocab_size": 5 | "vocab_size": 5, "tie_word_embeddings": 1 | 'tie_word_embeddings' must be true or false, got 1
          "vocab_size": 5 | "vocab_size": 5, "vocab_size": 5 | Duplicate field 'vocab_size'
          "llama" | "lama" | (did you mean 'llama'?)
          "llama" | 7 | 'model_type' must be one of llama, mistral, qwen2, qwen3, gpt2, got 7
          """,
      quoteCharacter = '`',
      nullValues = "",
      emptyValue = "")
  void complainsOfAMalformedFile(String from, String to, String part) {
    assertTrue(Configs.TINY.contains(from), from);
    String json = Configs.TINY.replace(from, to == null ? "" : to);
    String message =
        String.valueOf(assertThrows(IOException.class, () -> Configs.read(json)).getMessage());
    assertTrue(message.contains(part), message);
    assertTrue(message.startsWith("config.json"), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void complainsOfWhatIsNoConfig() throws IOException {
    for (String text : List.of("", "[]", "7", "null", "{", "[".repeat(100_000))) {
      assertThrows(IOException.class, () -> Configs.read(text));
    }
    assertThrows(IOException.class, () -> LanguageModel.read(folder));
    Path large = Files.write(folder.resolve("config.json"), new byte[2 << 20]);
    assertThrows(IOException.class, () -> LanguageModel.read(large));
    Path sound = Files.writeString(folder.resolve("sound.json"), Configs.TINY);
    assertEquals(Configs.read(Configs.TINY), LanguageModel.read(sound));
  }

  /// Whatever happens to a file, reading it gives a model with parameters or an IOException with
  /// its name, and never takes for ever (all cases take a second on an idle machine).
  @Test
  void survivesDamage() {
    SplittableRandom random = new SplittableRandom(5);
    List<byte[]> intact =
        published()
            .map(row -> String.valueOf(row.get()[0]).getBytes(StandardCharsets.UTF_8))
            .toList();
    assertTimeout(
        Duration.ofMinutes(1),
        () -> {
          int refused = 0;
          for (int i = 0; i < FUZZ_CASES; i++) {
            byte[] bytes = damaged(intact.get(i % intact.size()), random);
            try {
              assertTrue(ConfigFile.parse(bytes, "fuzz.json").parameters() > 0);
            } catch (IOException e) {
              assertTrue(String.valueOf(e.getMessage()).startsWith("fuzz.json"), e.getMessage());
              refused++;
            }
          }
          assertTrue(refused > FUZZ_CASES / 2, refused + " refused");
        });
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
}
