package org.pdnn.energy.language;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.pdnn.energy.language.LanguageModel.Attention;
import org.pdnn.energy.language.LanguageModel.FeedForward;
import org.pdnn.files.JsonFile;
import org.pdnn.names.Nearest;
import org.pdnn.names.Printable;

/// The `config.json` of a language model on Hugging Face. What it leaves out has the value that the
/// family's own code gives it.
final class ConfigFile {
  private static final List<String> FAMILIES =
      List.of("llama", "mistral", "qwen2", "qwen3", "gpt2");

  /// Larger sizes are taken for mistakes; they also keep all counts far below 2^63.
  private static final int MOST_BLOCKS = 10_000;

  private static final int MOST_HEADS = 1 << 12;
  private static final int MOST_VALUES = 1 << 20;
  private static final int MOST_TOKENS = 1 << 26;

  private final JsonNode root;

  private ConfigFile(JsonNode root) {
    this.root = root;
  }

  /// @param file what to call these bytes in a complaint
  static LanguageModel parse(byte[] bytes, String file) throws IOException {
    return JsonFile.parse(bytes, file, ConfigFile::model);
  }

  static LanguageModel model(JsonNode root) {
    return new ConfigFile(root).model();
  }

  private LanguageModel model() {
    JsonNode family = root.path("model_type");
    if (!family.isTextual()) {
      throw new IllegalArgumentException(
          "'model_type' must be one of %s, got %s"
              .formatted(String.join(", ", FAMILIES), kind(family)));
    }
    String name = family.textValue();
    return switch (name) {
      case "gpt2" -> gpt2();
      case "llama", "mistral", "qwen2", "qwen3" -> llama(name);
      default ->
          throw new IllegalArgumentException(
              "'model_type' '%s' is not known%s; use %s"
                  .formatted(
                      Printable.of(name, 40),
                      Nearest.suggestion(Printable.of(name, 40), FAMILIES),
                      String.join(", ", FAMILIES)));
    };
  }

  private LanguageModel gpt2() {
    int width = number("n_embd", MOST_VALUES);
    int heads = number("n_head", MOST_HEADS);
    Attention attention =
        new Attention(heads, heads, headSize(width, heads), true, true, false, 1, 0);
    int hidden = present("n_inner") ? number("n_inner", MOST_VALUES) : Math.multiplyExact(4, width);
    return new LanguageModel(
        "gpt2",
        width,
        number("n_layer", MOST_BLOCKS),
        attention,
        new FeedForward(hidden, function("activation_function", "gelu_new"), false, true),
        number("vocab_size", MOST_TOKENS),
        OptionalInt.of(number("n_positions", MOST_TOKENS)),
        true,
        NeuronType.LAYER_NORM,
        flag("tie_word_embeddings", true),
        bits());
  }

  /// Llama and those that came of it.
  private LanguageModel llama(String family) {
    int width = number("hidden_size", MOST_VALUES);
    int blocks = number("num_hidden_layers", MOST_BLOCKS);
    int heads = number("num_attention_heads", MOST_HEADS);
    boolean biased = family.equals("qwen2") || flag("attention_bias", false);
    boolean outputBiased = !family.equals("qwen2") && flag("attention_bias", false);
    Attention attention =
        new Attention(
            heads,
            keyValueHeads(family, heads),
            present("head_dim") || family.equals("qwen3")
                ? number("head_dim", MOST_HEADS)
                : headSize(width, heads),
            biased,
            outputBiased,
            family.equals("qwen3"),
            windowed(family, blocks) > 0 ? number("sliding_window", MOST_TOKENS) : 1,
            windowed(family, blocks));
    return new LanguageModel(
        family,
        width,
        blocks,
        attention,
        new FeedForward(
            number("intermediate_size", MOST_VALUES),
            function("hidden_act", "silu"),
            true,
            flag("mlp_bias", false)),
        number("vocab_size", MOST_TOKENS),
        present("max_position_embeddings")
            ? OptionalInt.of(number("max_position_embeddings", MOST_TOKENS))
            : OptionalInt.empty(),
        false,
        NeuronType.RMS_NORM,
        flag("tie_word_embeddings", false),
        bits());
  }

  private int keyValueHeads(String family, int heads) {
    int shared =
        present("num_key_value_heads") || !family.equals("llama")
            ? number("num_key_value_heads", MOST_HEADS)
            : heads;
    if (heads % shared != 0) {
      throw new IllegalArgumentException(
          "'num_key_value_heads' must divide 'num_attention_heads', got %s and %s"
              .formatted(shared, heads));
    }
    return shared;
  }

  /// Blocks whose heads look only so far back: all of a Mistral with a window; of a Qwen, those
  /// from `max_window_layers` on, if it uses its window at all.
  private int windowed(String family, int blocks) {
    return switch (family) {
      case "mistral" -> present("sliding_window") ? blocks : 0;
      case "qwen2", "qwen3" ->
          flag("use_sliding_window", false) && present("sliding_window")
              ? Math.max(0, blocks - number("max_window_layers", MOST_BLOCKS))
              : 0;
      default -> 0;
    };
  }

  private static int headSize(int width, int heads) {
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "the heads must divide the width, or 'head_dim' is needed; got %s heads and width %s"
              .formatted(heads, width));
    }
    return width / heads;
  }

  /// Bits of the published weights; 16 where the file does not say.
  private int bits() {
    JsonNode type =
        root.path("torch_dtype").isTextual() ? root.path("torch_dtype") : root.path("dtype");
    return type.asText().equals("float32") ? 32 : 16;
  }

  private NeuronType function(String name, String usual) {
    JsonNode value = root.path(name);
    String text = value.isMissingNode() ? usual : value.asText();
    return switch (text) {
      case "silu", "swish" -> NeuronType.SILU;
      case "gelu", "gelu_new", "gelu_fast", "gelu_pytorch_tanh" -> NeuronType.GELU;
      default ->
          throw new IllegalArgumentException(
              "'%s' must be silu or gelu, got %s".formatted(name, kind(value)));
    };
  }

  private boolean flag(String name, boolean usual) {
    JsonNode value = root.path(name);
    if (value.isMissingNode()) {
      return usual;
    }
    if (!value.isBoolean()) {
      throw new IllegalArgumentException(
          "'%s' must be true or false, got %s".formatted(name, kind(value)));
    }
    return value.booleanValue();
  }

  private boolean present(String name) {
    return root.hasNonNull(name);
  }

  private int number(String name, int most) {
    JsonNode value = root.path(name);
    if (value.isMissingNode()) {
      throw new IllegalArgumentException("'%s' is missing".formatted(name));
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < 1
        || value.intValue() > most) {
      throw new IllegalArgumentException(
          "'%s' must be a whole number from 1 to %s, got %s".formatted(name, most, kind(value)));
    }
    return value.intValue();
  }

  /// Not the value itself, which may be the rest of the file.
  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER, STRING, BOOLEAN -> Printable.of(value.asText(), 40);
      case MISSING -> "nothing";
      case NULL -> "null";
      case ARRAY, BINARY, OBJECT, POJO ->
          "an " + value.getNodeType().name().toLowerCase(Locale.ROOT);
    };
  }
}
