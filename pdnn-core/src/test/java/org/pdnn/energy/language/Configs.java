package org.pdnn.energy.language;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Configurations as Hugging Face publishes them, as far as sizes go.
final class Configs {
  static final String GPT_2 =
      """
      {"model_type": "gpt2", "n_embd": 768, "n_layer": 12, "n_head": 12, "n_positions": 1024,
       "vocab_size": 50257, "activation_function": "gelu_new"}
      """;

  static final String LLAMA_2_7B =
      """
      {"model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32,
       "num_attention_heads": 32, "num_key_value_heads": 32, "intermediate_size": 11008,
       "vocab_size": 32000, "max_position_embeddings": 4096, "hidden_act": "silu",
       "tie_word_embeddings": false, "torch_dtype": "float16"}
      """;

  static final String LLAMA_3_8B =
      """
      {"model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32,
       "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 14336,
       "vocab_size": 128256, "max_position_embeddings": 8192, "attention_bias": false,
       "hidden_act": "silu", "tie_word_embeddings": false, "torch_dtype": "bfloat16"}
      """;

  static final String MISTRAL_7B =
      """
      {"model_type": "mistral", "hidden_size": 4096, "num_hidden_layers": 32,
       "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 14336,
       "vocab_size": 32000, "max_position_embeddings": 32768, "sliding_window": 4096,
       "hidden_act": "silu", "tie_word_embeddings": false, "torch_dtype": "bfloat16"}
      """;

  static final String QWEN_2_5 =
      """
      {"model_type": "qwen2", "hidden_size": 896, "num_hidden_layers": 24,
       "num_attention_heads": 14, "num_key_value_heads": 2, "intermediate_size": 4864,
       "vocab_size": 151936, "max_position_embeddings": 32768, "sliding_window": 32768,
       "use_sliding_window": false, "max_window_layers": 21, "hidden_act": "silu",
       "tie_word_embeddings": true, "torch_dtype": "bfloat16"}
      """;

  static final String QWEN_3 =
      """
      {"model_type": "qwen3", "hidden_size": 1024, "num_hidden_layers": 28,
       "num_attention_heads": 16, "num_key_value_heads": 8, "head_dim": 128,
       "intermediate_size": 3072, "vocab_size": 151936, "max_position_embeddings": 40960,
       "sliding_window": null, "use_sliding_window": false, "hidden_act": "silu",
       "attention_bias": false, "tie_word_embeddings": true, "torch_dtype": "bfloat16"}
      """;

  /// One block of width 2 with two heads of one value, 3 hidden neurons, 5 tokens to choose from.
  static final String TINY =
      """
      {"model_type": "llama", "hidden_size": 2, "num_hidden_layers": 1,
       "num_attention_heads": 2, "num_key_value_heads": 1, "intermediate_size": 3,
       "vocab_size": 5, "torch_dtype": "float32"}
      """;

  /// Two blocks of latent attention, the second with experts, one of which every token meets.
  static final String LATENT =
      """
      {"model_type": "deepseek_v3", "hidden_size": 4, "num_hidden_layers": 2,
       "num_attention_heads": 2, "q_lora_rank": 3, "kv_lora_rank": 5, "qk_nope_head_dim": 2,
       "qk_rope_head_dim": 2, "v_head_dim": 3, "intermediate_size": 6, "moe_intermediate_size": 7,
       "n_routed_experts": 8, "num_experts_per_tok": 2, "first_k_dense_replace": 1,
       "vocab_size": 11, "torch_dtype": "bfloat16",
       "quantization_config": {"quant_method": "fp8", "modules_to_not_convert": ["lm_head"]}}
      """;

  static final List<String> ALL =
      List.of(GPT_2, LLAMA_2_7B, LLAMA_3_8B, MISTRAL_7B, QWEN_2_5, QWEN_3, LATENT);

  private Configs() {}

  static LanguageModel read(String json) throws IOException {
    return ConfigFile.parse(json.getBytes(StandardCharsets.UTF_8), "config.json");
  }
}
