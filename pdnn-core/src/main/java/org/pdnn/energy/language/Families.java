package org.pdnn.energy.language;

import static org.pdnn.energy.language.Config.MOST_BLOCKS;
import static org.pdnn.energy.language.Config.MOST_HEADS;
import static org.pdnn.energy.language.Config.MOST_TOKENS;
import static org.pdnn.energy.language.Config.MOST_VALUES;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pdnn.energy.NeuronType;
import org.pdnn.files.JsonFile;
import org.pdnn.names.Printable;

/// The families of language models, as the code of transformers builds them. A further one is a
/// line here and its defaults in `families.json`.
final class Families {
  private static final List<Family> ALL =
      List.of(
          family("bitnet").norms(Families::bitNetNorms),
          family("deepseek_v2").attention(Latent::of).feedForward(Mixtures::deepSeek),
          family("deepseek_v3").attention(Latent::of).feedForward(Mixtures::deepSeek),
          family("falcon")
              .norm(NeuronType.LAYER_NORM)
              .attention(Grouped::falcon)
              .feedForward(Families::plain)
              .norms(Families::falconNorms),
          family("gemma"),
          family("gemma2").norms(Families::four).slides(Families::everyOther),
          family("gemma3").norms(Families::four).slides(Families::allButSome),
          family("gpt2")
              .norm(NeuronType.LAYER_NORM)
              .embedding(config -> positioned(config, 0))
              .feedForward(Families::plain),
          family("gpt_neox").norm(NeuronType.LAYER_NORM).feedForward(Families::plain),
          family("gpt_oss").feedForward(Mixtures::gptOss).slides(Families::everyOther),
          family("llama"),
          family("mistral").slides(Families::everywhere),
          family("mixtral").feedForward(Mixtures::mixtral).slides(Families::everywhere),
          family("opt")
              .norm(NeuronType.LAYER_NORM)
              .embedding(config -> positioned(config, 2))
              .feedForward(Families::plain),
          family("phi3").slides(Families::everywhere),
          family("qwen2").slides(Families::late),
          family("qwen2_moe").feedForward(Mixtures::qwen2).slides(Families::late),
          family("qwen3").slides(Families::late),
          family("qwen3_moe").feedForward(Mixtures::qwen3).slides(Families::everywhere),
          family("smollm3").attention(Grouped::smolLm));

  private static final JsonNode FACTS = facts();

  private Families() {}

  /// What most have in common.
  private static Family family(String name) {
    return new Family(
        name,
        NeuronType.RMS_NORM,
        Families::tokens,
        Grouped::of,
        Families::gated,
        config -> new Norms(2L * width(config), 0),
        (_, _) -> false);
  }

  private static JsonNode facts() {
    try (InputStream in = Families.class.getResourceAsStream("families.json")) {
      if (in == null) {
        throw new IllegalStateException("the resource families.json is not in the jar");
      }
      return JsonFile.parse(in.readAllBytes(), "families.json", Function.identity());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The family of a `model_type`.
  ///
  /// @throws IllegalArgumentException naming those that there are
  static Family named(String type) {
    String name = type.equals("gemma3_text") ? "gemma3" : type;
    return ALL.stream()
        .filter(family -> family.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'model_type' '%s' is no known family; if it is built like one of these, give that one as 'model_type': %s"
                    .formatted(Printable.of(type, 40), names())));
  }

  /// The names of all families.
  static String names() {
    return ALL.stream().map(Family::name).collect(Collectors.joining(", "));
  }

  /// Other names of a family's fields, and their defaults.
  static JsonNode facts(Family family) {
    return FACTS.path(family.name());
  }

  static int width(Config config) {
    return config.number("hidden_size", MOST_VALUES);
  }

  private static Embedding tokens(Config config) {
    return new Embedding(
        config.number("vocab_size", MOST_TOKENS),
        config.optional("word_embed_proj_dim", MOST_VALUES).orElse(width(config)),
        0);
  }

  /// @param more rows that stand for no position
  private static Embedding positioned(Config config, int more) {
    Embedding tokens = tokens(config);
    return new Embedding(
        tokens.vocabulary(),
        tokens.size(),
        config.number("max_position_embeddings", MOST_TOKENS) + more);
  }

  /// A norm after attention and MLP as well as before.
  private static Norms four(Config config) {
    return new Norms(3L * width(config), width(config));
  }

  /// Whether the attention of a block slides: of every block,
  private static boolean everywhere(Config config, int block) {
    return true;
  }

  /// of the first and every other,
  private static boolean everyOther(Config config, int block) {
    return block % 2 == 0;
  }

  /// of those from a given one on,
  private static boolean late(Config config, int block) {
    return block >= config.number("max_window_layers", MOST_BLOCKS);
  }

  /// or of all but each last of some.
  private static boolean allButSome(Config config, int block) {
    return (block + 1) % config.number("sliding_window_pattern", MOST_BLOCKS) != 0;
  }

  static Mlp gated(Config config, int block) {
    return mlp(config, true);
  }

  private static Mlp plain(Config config, int block) {
    return mlp(config, false);
  }

  private static Mlp mlp(Config config, boolean gated) {
    long hidden = config.optional("intermediate_size", MOST_VALUES).orElse(4 * width(config));
    return new Mlp(hidden, config.function(), gated, config.flag("mlp_bias", false));
  }

  /// One more over what comes out of the heads, and one over the hidden values.
  private static Norms bitNetNorms(Config config) {
    return new Norms(
        2L * width(config) + Grouped.of(config, 0).mixed(true),
        config.number("intermediate_size", MOST_VALUES));
  }

  /// Attention and MLP side by side read the same norm, unless the newer architecture gives each
  /// its own.
  private static Norms falconNorms(Config config) {
    boolean one =
        config.flag("parallel_attn", true)
            && config
                    .optional("num_ln_in_parallel_attn", MOST_HEADS)
                    .orElse(config.flag("new_decoder_architecture", false) ? 2 : 1)
                == 1;
    return new Norms((one ? 1L : 2L) * width(config), 0);
  }
}
