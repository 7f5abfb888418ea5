package org.pdnn.energy.language;

import static org.pdnn.energy.language.Config.MOST_HEADS;
import static org.pdnn.energy.language.Config.MOST_VALUES;

/// Reads the heads of DeepSeek.
final class Latent {
  private Latent() {}

  static LatentAttention of(Config config, int block) {
    return new LatentAttention(
        config.number("num_attention_heads", MOST_HEADS),
        config.optional("q_lora_rank", MOST_VALUES).orElse(0),
        config.number("kv_lora_rank", MOST_VALUES),
        config.number("qk_nope_head_dim", MOST_HEADS),
        config.number("qk_rope_head_dim", MOST_HEADS),
        config.number("v_head_dim", MOST_HEADS),
        config.flag("attention_bias", false));
  }
}
