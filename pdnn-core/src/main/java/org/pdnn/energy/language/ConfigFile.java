package org.pdnn.energy.language;

import static org.pdnn.energy.language.Config.MOST_BLOCKS;
import static org.pdnn.energy.language.Config.MOST_TOKENS;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.pdnn.files.JsonFile;

/// The `config.json` of a language model on Hugging Face, alone or as the `text_config` of a model
/// that also sees or hears.
final class ConfigFile {
  private final Family family;
  private final Config config;

  private ConfigFile(Family family, Config config) {
    this.family = family;
    this.config = config;
  }

  /// @param file what to call these bytes in a complaint
  static LanguageModel parse(byte[] bytes, String file) throws IOException {
    return JsonFile.parse(bytes, file, ConfigFile::model);
  }

  static LanguageModel model(JsonNode root) {
    JsonNode nested = root.path("text_config");
    JsonNode text = nested.isObject() ? nested : root;
    JsonNode type = text.has("model_type") ? text.path("model_type") : root.path("model_type");
    if (!type.isTextual()) {
      throw new IllegalArgumentException(
          "'model_type' must be one of %s, got %s".formatted(Families.names(), Config.kind(type)));
    }
    Family family = Families.named(type.textValue());
    List<String> remarks = new ArrayList<>();
    if (nested.isObject()) {
      remarks.add("text_config alone is priced, without what makes tokens of images or sound");
    }
    List<String> warnings = new ArrayList<>();
    Storage storage = Quantisation.of(List.of(text, root), warnings, remarks);
    Config config = new Config(text, Families.facts(family));
    return new ConfigFile(family, config).model(storage, warnings, remarks);
  }

  private LanguageModel model(Storage storage, List<String> warnings, List<String> remarks) {
    Embedding embedding = family.embedding().apply(config);
    boolean bounded = embedding.positions() > 0 || config.present("max_position_embeddings");
    LanguageModel model =
        new LanguageModel(
            family.name(),
            Families.width(config),
            embedding,
            blocks(),
            bounded
                ? OptionalInt.of(config.number("max_position_embeddings", MOST_TOKENS))
                : OptionalInt.empty(),
            family.norm(),
            config.flag("do_layer_norm_before", true)
                && !config.flag("_remove_final_layer_norm", false),
            config.flag("tie_word_embeddings", false),
            storage,
            warnings,
            Stream.concat(remarks.stream(), assumed().stream()).toList());
    return model;
  }

  /// Like blocks together, in the order of their first.
  private List<Block.Run> blocks() {
    Map<Block, Integer> runs = new LinkedHashMap<>();
    int blocks = config.number("num_hidden_layers", MOST_BLOCKS);
    for (int i = 0; i < blocks; i++) {
      Block block =
          new Block(
              family.attention().apply(config, i),
              family.feedForward().apply(config, i),
              family.norms().apply(config),
              window(i));
      runs.merge(block, 1, Integer::sum);
    }
    return runs.entrySet().stream()
        .map(run -> new Block.Run(run.getValue(), run.getKey()))
        .toList();
  }

  private long window(int block) {
    OptionalInt window = config.optional("sliding_window", MOST_TOKENS);
    if (window.isEmpty() || !config.flag("use_sliding_window", true)) {
      return Block.UNBOUNDED;
    }
    JsonNode type = config.listed("layer_types", block);
    boolean slides =
        type.isTextual()
            ? type.textValue().equals("sliding_attention")
            : family.slides().test(config, block);
    return slides ? window.getAsInt() : Block.UNBOUNDED;
  }

  private List<String> assumed() {
    List<String> assumed = new ArrayList<>();
    if (!config.assumed().isEmpty()) {
      assumed.add(
          "what the file leaves out is as in the family's own code: "
              + String.join(", ", config.assumed()));
    }
    if (config.present("num_nextn_predict_layers")) {
      assumed.add("blocks that predict further tokens are left out");
    }
    return assumed;
  }
}
