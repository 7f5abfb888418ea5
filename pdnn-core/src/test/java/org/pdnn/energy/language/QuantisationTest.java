package org.pdnn.energy.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.energy.Convention;
import org.pdnn.energy.Operation;
import org.pdnn.energy.language.Storage.Part;

/// Bits of weights as `torch_dtype` and `quantization_config` say them.
class QuantisationTest {
  private static LanguageModel model(String fields) throws IOException {
    return Configs.read("{\"model_type\": \"llama\", " + fields + "}");
  }

  @ParameterizedTest
  @CsvSource({
    "float64, 64",
    "float32, 32",
    "torch.bfloat16, 16",
    "int8, 8",
    "float8_e4m3fn, 8",
    "float8_e5m2, 8",
    "uint4, 4"
  })
  void typesHaveTheirBits(String type, int bits) throws IOException {
    for (String field : new String[] {"torch_dtype", "dtype"}) {
      LanguageModel model = model("\"%s\": \"%s\"".formatted(field, type));
      assertEquals(bits, model.widths().weight());
      assertEquals(bits, model.widths().activation());
    }
  }

  @Test
  void anUnknownTypeIsSaid() throws IOException {
    LanguageModel model = model("\"torch_dtype\": \"posit16\"");
    assertEquals(16, model.widths().weight());
    assertTrue(model.remarks().toString().contains("torch_dtype 'posit16' is not known"));
    assertTrue(model.warnings().getFirst().contains("give their bits by --weight-bits"));
    LanguageModel silent = model("\"vocab_size\": 7");
    assertTrue(silent.remarks().toString().contains("names no torch_dtype"));
    assertEquals(List.of(), silent.warnings());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          4 | ATTENTION MLP      | "quant_method": "awq", "bits": 4, "modules_to_not_convert": null
          3 | ATTENTION MLP      | "quant_method": "gptq", "bits": 3, "lm_head": false
          4 | ATTENTION MLP HEAD | "quant_method": "gptq", "bits": 4, "lm_head": true
          4 | ATTENTION MLP      | "quant_method": "bitsandbytes", "load_in_4bit": true, "load_in_8bit": false
          8 | ATTENTION MLP      | "quant_method": "bitsandbytes", "_load_in_4bit": false, "_load_in_8bit": true, "llm_int8_skip_modules": ["lm_head"]
          8 | ATTENTION MLP      | "quant_method": "fbgemm_fp8", "activation_scale_ub": 1200.0
          8 | ATTENTION MLP      | "quant_method": "fp8", "fmt": "e4m3", "weight_block_size": [128, 128]
          4 | ATTENTION MLP      | "quant_method": "compressed-tensors", "ignore": ["lm_head"], "config_groups": {"group_0": {"weights": {"num_bits": 4}}}
          8 | MLP HEAD           | "quant_method": "compressed-tensors", "ignore": ["re:.*self_attn.*"], "config_groups": {"group_0": {"weights": {"num_bits": 8}}}
          4 | MLP                | "quant_method": "mxfp4", "modules_to_not_convert": ["model.layers.*.self_attn", "model.layers.*.mlp.router", "model.embed_tokens", "lm_head"]
          2 | ATTENTION MLP      | "quant_method": "bitnet"
          """)
  void methodsHaveTheirBits(int bits, String parts, String fields) throws IOException {
    LanguageModel model =
        model("\"torch_dtype\": \"bfloat16\", \"quantization_config\": {" + fields + "}");
    assertEquals(bits, model.widths().weight());
    assertEquals(16, model.widths().edge().orElseThrow());
    assertEquals(16, model.widths().activation());
    Set<Part> expected =
        Arrays.stream(parts.split(" ")).map(Part::valueOf).collect(Collectors.toSet());
    assertEquals(expected, model.storage().parts());
    assertTrue(model.remarks().toString().contains("gives %d bits".formatted(bits)));
  }

  @Test
  void whatIsNotUnderstoodIsSaid() throws IOException {
    LanguageModel other = model("\"quantization_config\": {\"quant_method\": \"vptq\"}");
    assertEquals(16, other.widths().weight());
    assertTrue(other.remarks().toString().contains("(vptq) is not understood and was not used"));
    assertEquals(
        List.of(
            "quantization_config (vptq) is not understood; weights are taken to have 16 bits, give"
                + " their bits by --weight-bits"),
        other.warnings());
    LanguageModel some =
        model(
            "\"quantization_config\": {\"quant_method\": \"fp8\", \"ignored_layers\":"
                + " [\"model.layers.0.mlp.gate\", \"model.layers.3.self_attn\", \"q\"]}");
    assertEquals(Set.of(Part.ATTENTION, Part.MLP), some.storage().parts());
    assertEquals(List.of(), some.warnings());
    assertTrue(some.remarks().toString().contains("2 modules that"), some.remarks().toString());
    String message =
        String.valueOf(
            assertThrows(
                    IOException.class,
                    () ->
                        model("\"quantization_config\": {\"quant_method\": \"awq\", \"bits\": 99}"))
                .getMessage());
    assertTrue(message.contains("'bits' of quantization_config must be"), message);
  }

  /// Of [Configs#TINY], 2 + 6 + 10 values of embedding row, norms and head keep 32 bits, 12 + 18 of
  /// attention and MLP have 4; with the MLP alone, 18.
  @Test
  void quantisedWeightsAreReadByTheirBits() throws IOException {
    assertEquals(18 * 32 + 30 * 4, weightBits("\"quant_method\": \"awq\", \"bits\": 4"));
    assertEquals(30 * 32 + 18 * 4, weightBits("\"quant_method\": \"mxfp4\""));
  }

  private static double weightBits(String fields) throws IOException {
    LanguageModel model =
        Configs.read(
            Configs.TINY.replace("}", ", \"quantization_config\": {%s}}".formatted(fields)));
    return new LanguageWork(model, Span.generation(1, 1), 1, Optional.empty())
        .work(Convention.STRICT.withWidths(model.widths()), 1)
        .count(Operation.WEIGHT_BIT);
  }
}
