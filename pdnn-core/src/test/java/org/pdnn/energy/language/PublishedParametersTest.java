package org.pdnn.energy.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Parameters as published with the weights, from the sizes in the models' own `config.json`.
class PublishedParametersTest {
  /// Whole counts are those that the weights on Hugging Face sum up to, without buffers, without
  /// the blocks of DeepSeek-V3 that predict further tokens. Gemma-3-4B has 4,300,079,472, of which
  /// the vision tower takes 416,866,032 and the matrix after it 1152 x 2560 + 1152.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          GPT-2                | 124439808    | "model_type": "gpt2"
          Llama-2-7B           | 6738415616   | "model_type": "llama"
          Llama-3.2-1B         | 1235814400   | "model_type": "llama", "hidden_size": 2048, "intermediate_size": 8192, "num_hidden_layers": 16, "num_key_value_heads": 8, "head_dim": 64, "vocab_size": 128256, "tie_word_embeddings": true
          Mistral-7B-v0.3      | 7248023552   | "model_type": "mistral", "vocab_size": 32768
          Qwen2.5-7B           | 7615616512   | "model_type": "qwen2", "hidden_size": 3584, "intermediate_size": 18944, "num_hidden_layers": 28, "num_attention_heads": 28, "num_key_value_heads": 4, "vocab_size": 152064
          Qwen3-8B             | 8190735360   | "model_type": "qwen3", "intermediate_size": 12288, "num_hidden_layers": 36, "num_key_value_heads": 8
          Gemma-2B             | 2506172416   | "model_type": "gemma", "hidden_size": 2048, "intermediate_size": 16384, "num_hidden_layers": 18, "num_attention_heads": 8, "num_key_value_heads": 1
          Gemma-2-2B           | 2614341888   | "model_type": "gemma2"
          Gemma-2-9B           | 9241705984   | "model_type": "gemma2", "hidden_size": 3584, "intermediate_size": 14336, "num_hidden_layers": 42, "num_attention_heads": 16, "num_key_value_heads": 8
          Gemma-2-27B          | 27227128320  | "model_type": "gemma2", "hidden_size": 4608, "intermediate_size": 36864, "num_hidden_layers": 46, "num_attention_heads": 32, "num_key_value_heads": 16, "head_dim": 128
          Gemma-3-1B           | 999885952    | "model_type": "gemma3_text", "hidden_size": 1152, "intermediate_size": 6912, "num_attention_heads": 4, "num_key_value_heads": 1, "vocab_size": 262144, "sliding_window": 512
          Gemma-3-4B, language | 3880263168   | "model_type": "gemma3", "text_config": {"model_type": "gemma3_text", "hidden_size": 2560, "intermediate_size": 10240, "num_hidden_layers": 34, "sliding_window": 1024}
          Phi-3-mini           | 3821079552   | "model_type": "phi3"
          SmolLM3-3B           | 3075098624   | "model_type": "smollm3"
          BitNet-b1.58-2B-4T   | 2412820480   | "model_type": "bitnet", "tie_word_embeddings": true
          Falcon-7B            | 6921720704   | "model_type": "falcon"
          Falcon-7B, untied    | 7217189760   | "model_type": "falcon", "tie_word_embeddings": false
          Falcon-40B           | 41303293952  | "model_type": "falcon", "hidden_size": 8192, "num_hidden_layers": 60, "num_attention_heads": 128, "num_kv_heads": 8, "new_decoder_architecture": true
          OPT-125M             | 125239296    | "model_type": "opt"
          OPT-350M             | 331196416    | "model_type": "opt", "hidden_size": 1024, "ffn_dim": 4096, "num_hidden_layers": 24, "num_attention_heads": 16, "word_embed_proj_dim": 512, "do_layer_norm_before": false
          OPT-6.7B             | 6658473984   | "model_type": "opt", "hidden_size": 4096, "ffn_dim": 16384, "num_hidden_layers": 32, "num_attention_heads": 32
          GPT-NeoX-20B         | 20554567680  | "model_type": "gpt_neox"
          Pythia-70M           | 70426624     | "model_type": "gpt_neox", "hidden_size": 512, "intermediate_size": 2048, "num_hidden_layers": 6, "num_attention_heads": 8, "vocab_size": 50304
          Mixtral-8x7B         | 46702792704  | "model_type": "mixtral"
          Qwen1.5-MoE-A2.7B    | 14315784192  | "model_type": "qwen2_moe"
          Qwen3-30B-A3B        | 30532122624  | "model_type": "qwen3_moe", "num_hidden_layers": 48, "head_dim": 128
          GPT-OSS-20B          | 20914757184  | "model_type": "gpt_oss", "num_hidden_layers": 24, "num_local_experts": 32
          GPT-OSS-120B         | 116829156672 | "model_type": "gpt_oss"
          DeepSeek-V2-Lite     | 15706484224  | "model_type": "deepseek_v2", "vocab_size": 102400, "hidden_size": 2048, "intermediate_size": 10944, "moe_intermediate_size": 1408, "num_hidden_layers": 27, "num_attention_heads": 16, "q_lora_rank": null, "num_experts_per_tok": 6, "first_k_dense_replace": 1
          DeepSeek-V2          | 235741434880 | "model_type": "deepseek_v2", "vocab_size": 102400, "hidden_size": 5120, "intermediate_size": 12288, "moe_intermediate_size": 1536, "num_hidden_layers": 60, "num_attention_heads": 128, "n_routed_experts": 160, "num_experts_per_tok": 6, "first_k_dense_replace": 1
          DeepSeek-V3          | 671026419200 | "model_type": "deepseek_v3"
          """)
  void parameters(String name, long published, String fields) throws IOException {
    assertEquals(published, Configs.read("{" + fields + "}").parameters(), name);
  }

  /// Billions that a token meets, as the authors round them. Those of DeepSeek and Qwen count the
  /// embedding, those of GPT-OSS leave its table out.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Mixtral-8x7B  | 12.9 | 0    | "model_type": "mixtral"
          Qwen3-30B-A3B | 3.3  | 0    | "model_type": "qwen3_moe", "num_hidden_layers": 48, "head_dim": 128
          GPT-OSS-20B   | 3.6  | 0.58 | "model_type": "gpt_oss", "num_hidden_layers": 24, "num_local_experts": 32
          GPT-OSS-120B  | 5.1  | 0.58 | "model_type": "gpt_oss"
          DeepSeek-V2   | 21   | 0    | "model_type": "deepseek_v2", "vocab_size": 102400, "hidden_size": 5120, "intermediate_size": 12288, "moe_intermediate_size": 1536, "num_hidden_layers": 60, "num_attention_heads": 128, "n_routed_experts": 160, "num_experts_per_tok": 6, "first_k_dense_replace": 1
          DeepSeek-V3   | 37   | 0    | "model_type": "deepseek_v3"
          """)
  void activeParameters(String name, double billions, double table, String fields)
      throws IOException {
    double active = Configs.read("{" + fields + "}").activeParameters() * 1e-9 - table;
    assertEquals(billions, active, 0.02 * billions, name);
  }
}
