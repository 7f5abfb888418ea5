package org.pdnn.energy.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageModelTest {
  private static final int FUZZ_CASES = 5000;

  @TempDir private Path folder;

  private static Map<Long, Integer> windows(String json) throws IOException {
    return Configs.read(json).blocks().stream()
        .collect(Collectors.toMap(run -> run.block().window(), Block.Run::count));
  }

  @Test
  void windowsAreReadAsTheFamilyUsesThem() throws IOException {
    long all = Block.UNBOUNDED;
    assertEquals(Map.of(4096L, 32), windows(Configs.MISTRAL_7B));
    assertEquals(Map.of(4096L, 32), windows("{\"model_type\": \"mistral\"}"));
    assertEquals(
        Map.of(all, 32), windows("{\"model_type\": \"mistral\", \"sliding_window\": null}"));
    assertEquals(Map.of(all, 24), windows(Configs.QWEN_2_5));
    String used = Configs.QWEN_2_5.replace("window\": false", "window\": true");
    assertEquals(Map.of(all, 21, 32768L, 3), windows(used));
    assertEquals(Map.of(4096L, 13, all, 13), windows("{\"model_type\": \"gemma2\"}"));
    assertEquals(Map.of(4096L, 22, all, 4), windows("{\"model_type\": \"gemma3_text\"}"));
    assertEquals(
        Map.of(128L, 1, all, 2),
        windows(
            "{\"model_type\": \"gpt_oss\", \"num_hidden_layers\": 3, \"layer_types\":"
                + " [\"full_attention\", \"sliding_attention\", \"full_attention\"]}"));
  }

  /// A mistral has 8 heads of keys and values, a head of a qwen3 128 values, a gpt2 four times as
  /// many hidden neurons as its width.
  @Test
  void whatIsLeftOutIsAsInTheFamilysOwnCode() throws IOException {
    LanguageModel mistral = Configs.read("{\"model_type\": \"mistral\", \"hidden_size\": 1024}");
    assertEquals(8, grouped(mistral).keyValueHeads());
    assertTrue(mistral.remarks().toString().contains("num_key_value_heads 8"));
    assertFalse(mistral.remarks().toString().contains("hidden_size"));
    assertEquals(
        32,
        grouped(Configs.read("{\"model_type\": \"mistral\", \"num_key_value_heads\": null}"))
            .keyValueHeads());
    LanguageModel qwen = Configs.read("{\"model_type\": \"qwen3\", \"hidden_size\": 2048}");
    assertEquals(128, grouped(qwen).size());
    assertEquals(
        3072, Configs.read(Configs.GPT_2).blocks().getFirst().block().feedForward().hidden());
    assertEquals(OptionalInt.of(1024), Configs.read(Configs.GPT_2).positions());
    assertEquals(OptionalInt.empty(), Configs.read(Configs.TINY).positions());
  }

  private static GroupedAttention grouped(LanguageModel model) {
    return (GroupedAttention) model.blocks().getFirst().block().attention();
  }

  /// Python's json writes and reads them; nobody needs these two fields.
  @Test
  void infinityIsRead() throws IOException {
    String json =
        Configs.TINY.replace("}", ", \"router_jitter\": Infinity, \"x\": [NaN, -Infinity]}");
    assertEquals(Configs.read(Configs.TINY), Configs.read(json));
  }

  /// No family is recommended in place of one that is not known; the user knows which it is like.
  @Test
  void anUnknownFamilyIsToldTheKnownOnes() {
    for (String type : List.of("lama", "llama4_text", "mamba2")) {
      String message =
          String.valueOf(
              assertThrows(
                      IOException.class,
                      () -> Configs.read("{\"model_type\": \"%s\"}".formatted(type)))
                  .getMessage());
      assertEquals(
          "config.json: 'model_type' '%s' is no known family; if it is built like one of these,"
                  .formatted(type)
              + " give that one as 'model_type': bitnet, deepseek_v2,"
              + " deepseek_v3, falcon, gemma, gemma2, gemma3, gpt2, gpt_neox, gpt_oss, llama,"
              + " mistral, mixtral, opt, phi3, qwen2, qwen2_moe, qwen3, qwen3_moe, smollm3",
          message);
    }
  }

  @Test
  void theTextOfAModelThatSeesIsPriced() throws IOException {
    String nested =
        "{\"model_type\": \"llava\", \"torch_dtype\": \"float32\", \"text_config\": %s}"
            .formatted(Configs.TINY.replace(", \"torch_dtype\": \"float32\"", ""));
    LanguageModel model = Configs.read(nested);
    assertEquals(Configs.read(Configs.TINY).parameters(), model.parameters());
    assertEquals(32, model.widths().weight());
    assertTrue(model.remarks().toString().contains("text_config alone"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "hidden_size": 2 | "hidden_size": 0 | 'hidden_size' must be a whole number from 1 to 1048576, got 0
          "hidden_size": 2 | "hidden_size": -4 | 'hidden_size' must be a whole number from 1 to 1048576, got -4
          "hidden_size": 2 | "hidden_size": 1e999 | 'hidden_size' must be a whole number
          "hidden_size": 2 | "hidden_size": 2.5 | 'hidden_size' must be a whole number from 1 to 1048576, got 2.5
          "hidden_size": 2 | "hidden_size": 99999999999999999999 | 'hidden_size' must be a whole number
          "hidden_size": 2 | "hidden_size": "2" | 'hidden_size' must be a whole number
          "hidden_size": 2 | "hidden_size": [2] | 'hidden_size' must be a whole number from 1 to 1048576, got a list of 1
          "hidden_size": 2 | "hidden_size": null | 'hidden_size' must be a whole number from 1 to 1048576, got null
          "hidden_size": 2 | "hidden_size": NaN | 'hidden_size' must be a whole number from 1 to 1048576, got NaN
          "hidden_size": 2 | "hidden_size": 3 | the heads must divide the width
          "num_key_value_heads": 1 | "num_key_value_heads": 3 | the heads of keys and values must divide those of queries, got 3 and 2
          "vocab_size": 5 | "vocab_size": 5, "hidden_act": "relu6" | 'hidden_act' must be silu, gelu, relu or relu2, got relu6
          "vocab_size": 5 | "vocab_size": 5, "tie_word_embeddings": 1 | 'tie_word_embeddings' must be true or false, got 1
          "vocab_size": 5 | "vocab_size": 5, "vocab_size": 5 | Duplicate field 'vocab_size'
          "llama" | 7 | 'model_type' must be one of bitnet,
          "llama" | "mixtral", "num_local_experts": 1 | a token must go to at most all 1 experts, got 2
          "llama" | "qwen3_moe", "num_experts": 4096, "moe_intermediate_size": 1000000 | must have at most 16777216 hidden neurons together
          "llama" | "gpt_neox", "rotary_pct": 1.5 | 'rotary_pct' must be a number from 0 to 1, got 1.5
          "llama" | "gemma2", "layer_types": [] | 'layer_types' must be a list with a value for each block, got a list of 0
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
        Configs.ALL.stream().map(json -> json.getBytes(StandardCharsets.UTF_8)).toList();
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
