package org.pdnn.energy.language;

import static org.pdnn.energy.language.Config.MOST_BLOCKS;
import static org.pdnn.energy.language.Config.MOST_HEADS;
import static org.pdnn.energy.language.Config.MOST_VALUES;

import java.util.Optional;

/// Reads the mixtures of experts, family by family.
final class Mixtures {
  private Mixtures() {}

  static FeedForward mixtral(Config config, int block) {
    return experts(config, "intermediate_size", Optional.empty(), false, 0);
  }

  /// The router has biases, as everything else.
  static FeedForward gptOss(Config config, int block) {
    int routerBiases = config.number("num_experts", MOST_HEADS);
    return experts(config, "intermediate_size", Optional.empty(), false, routerBiases);
  }

  static FeedForward qwen2(Config config, int block) {
    Mlp shared = expert(config, config.number("shared_expert_intermediate_size", MOST_VALUES));
    return dense(config, block)
        ? Families.gated(config, block)
        : experts(config, "moe_intermediate_size", Optional.of(shared), true, 0);
  }

  static FeedForward qwen3(Config config, int block) {
    return dense(config, block)
        ? Families.gated(config, block)
        : experts(config, "moe_intermediate_size", Optional.empty(), false, 0);
  }

  /// Whether a block of a Qwen has an ordinary MLP.
  private static boolean dense(Config config, int block) {
    return config.holds("mlp_only_layers", block)
        || (block + 1) % config.number("decoder_sparse_step", MOST_BLOCKS) != 0;
  }

  /// The first blocks have ordinary MLPs. DeepSeek-V3 adds a learned number to what the router says
  /// of each expert.
  static FeedForward deepSeek(Config config, int block) {
    int count = config.count("num_experts", MOST_HEADS);
    boolean mixture =
        count > 0
            && block >= config.count("first_k_dense_replace", MOST_BLOCKS)
            && block % config.number("moe_layer_freq", MOST_BLOCKS) == 0;
    if (!mixture) {
      return Families.gated(config, block);
    }
    int shared = config.count("n_shared_experts", MOST_HEADS);
    int size = config.number("moe_intermediate_size", MOST_VALUES);
    return experts(
        config,
        "moe_intermediate_size",
        shared > 0 ? Optional.of(expert(config, (long) shared * size)) : Optional.empty(),
        false,
        config.text("topk_method").equals("noaux_tc") ? count : 0);
  }

  /// @param size the field that says how many hidden neurons an expert has
  private static Experts experts(
      Config config, String size, Optional<Mlp> shared, boolean sharedGate, int routerBiases) {
    return new Experts(
        config.number("num_experts", MOST_HEADS),
        config.number("num_experts_per_tok", MOST_HEADS),
        expert(config, config.number(size, MOST_VALUES)),
        shared,
        sharedGate,
        routerBiases);
  }

  private static Mlp expert(Config config, long hidden) {
    return new Mlp(hidden, config.function(), true, config.flag("mlp_bias", false));
  }
}
