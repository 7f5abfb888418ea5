package org.pdnn.energy.language;

import static org.pdnn.energy.language.Config.MOST_BLOCKS;
import static org.pdnn.energy.language.Config.MOST_HEADS;

import com.fasterxml.jackson.databind.JsonNode;

/// Reads the heads of families whose groups share keys and values.
final class Grouped {
  private Grouped() {}

  static GroupedAttention of(Config config, int block) {
    int heads = heads(config);
    return of(config, config.optional("num_key_value_heads", MOST_HEADS).orElse(heads), 1);
  }

  /// Every so many blocks nothing is turned.
  static GroupedAttention smolLm(Config config, int block) {
    int heads = heads(config);
    JsonNode listed = config.listed("no_rope_layers", block);
    boolean turned =
        listed.isInt()
            ? listed.intValue() != 0
            : (block + 1) % config.number("no_rope_layer_interval", MOST_BLOCKS) != 0;
    return of(
        config, config.optional("num_key_value_heads", MOST_HEADS).orElse(heads), turned ? 1 : 0);
  }

  /// All heads share their keys and values unless the architecture is the newer one.
  static GroupedAttention falcon(Config config, int block) {
    int heads = heads(config);
    int shared =
        config.flag("new_decoder_architecture", false)
            ? config.optional("num_kv_heads", MOST_HEADS).orElse(heads)
            : config.flag("multi_query", true) ? 1 : heads;
    return of(config, shared, config.flag("alibi", false) ? 0 : 1);
  }

  private static int heads(Config config) {
    return config.number("num_attention_heads", MOST_HEADS);
  }

  private static GroupedAttention of(Config config, int keyValueHeads, int turned) {
    int heads = heads(config);
    int size = config.optional("head_dim", MOST_HEADS).orElseGet(() -> headSize(config, heads));
    boolean biased = config.flag("attention_bias", false);
    return new GroupedAttention(
        heads,
        keyValueHeads,
        size,
        biased || config.flag("qkv_bias", false),
        biased,
        config.flag("qk_norm", false),
        config.flag("sinks", false),
        (int) (turned * size * config.share("partial_rotary_factor").orElse(1)));
  }

  private static int headSize(Config config, int heads) {
    int width = Families.width(config);
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "the heads must divide the width, or 'head_dim' is needed; got %s heads and width %s"
              .formatted(heads, width));
    }
    return width / heads;
  }
}
