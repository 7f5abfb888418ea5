package org.pdnn.energy.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pdnn.energy.language.Storage.Part;
import org.pdnn.names.Printable;

/// Reads `torch_dtype` and `quantization_config`: the bits that weights have been published in.
final class Quantisation {
  private static final int USUAL_BITS = 16;
  private static final int MOST_BITS = 16;

  /// Where the methods list the modules that they leave alone.
  private static final List<String> EXCEPTIONS =
      List.of(
          "modules_to_not_convert",
          "ignore",
          "ignored_layers",
          "llm_int8_skip_modules",
          "exclude_modules");

  /// Modules that no method touches, or that are not part of the language model.
  private static final Pattern NEVER =
      Pattern.compile(
          "router|gate$|embed_(tokens|in)|wte|norm|vision|visual|image|multi_modal|mtp");

  private static final Pattern ONE_BLOCK = Pattern.compile("[._]\\d+([._]|$)");
  private static final Pattern HEAD = Pattern.compile("lm_head|embed_out|output_layer");
  private static final Pattern ATTENTION = Pattern.compile("attn|attention");
  private static final Pattern MLP = Pattern.compile("mlp|expert|moe|feed_forward|ffn");

  private final JsonNode config;
  private final List<String> warnings;
  private final List<String> remarks;

  private Quantisation(JsonNode config, List<String> warnings, List<String> remarks) {
    this.config = config;
    this.warnings = warnings;
    this.remarks = remarks;
  }

  /// @param files the object that describes the language model, then those around it
  /// @param warnings takes what is not understood, a sentence each with its remedy
  /// @param remarks takes what the reader of the price should know, a sentence each
  static Storage of(List<JsonNode> files, List<String> warnings, List<String> remarks) {
    int bits = typed(files, warnings, remarks);
    return files.stream()
        .map(file -> file.path("quantization_config"))
        .filter(JsonNode::isObject)
        .findFirst()
        .map(found -> new Quantisation(found, warnings, remarks).storage(bits))
        .orElse(Storage.of(bits));
  }

  private static int typed(List<JsonNode> files, List<String> warnings, List<String> remarks) {
    String type =
        files.stream()
            .flatMap(file -> Stream.of(file.path("torch_dtype"), file.path("dtype")))
            .filter(JsonNode::isTextual)
            .map(JsonNode::textValue)
            .findFirst()
            .orElse("");
    int bits = bits(type);
    if (type.isEmpty()) {
      remarks.add("the file names no torch_dtype; 16 bits are taken for it");
    } else if (bits == 0) {
      String unknown = "torch_dtype '%s' is not known".formatted(Printable.of(type, 40));
      warnings.add(remedied(unknown, USUAL_BITS));
      remarks.add(unknown + "; 16 bits are taken for it");
    }
    return bits == 0 ? USUAL_BITS : bits;
  }

  private static String remedied(String unknown, int bits) {
    return "%s; weights are taken to have %s bits, give their bits by --weight-bits"
        .formatted(unknown, bits);
  }

  /// Bits of a type of PyTorch; 0 where it is unknown.
  private static int bits(String type) {
    String name = type.toLowerCase(Locale.ROOT).replaceFirst("^torch\\.", "");
    return switch (name) {
      case "float64", "double" -> 64;
      case "float32", "float", "int32" -> 32;
      case "float16", "half", "bfloat16", "int16" -> 16;
      case "int4", "uint4" -> 4;
      case "int2", "uint2" -> 2;
      default -> name.matches("u?int8|float8(_\\w+)?") ? 8 : name.startsWith("float4") ? 4 : 0;
    };
  }

  private Storage storage(int bits) {
    String method = config.path("quant_method").asText("").toLowerCase(Locale.ROOT);
    int quantised = quantised(method);
    String shown = method.isEmpty() ? "no quant_method" : Printable.of(method, 40);
    if (quantised == 0) {
      String unknown = "quantization_config (%s) is not understood".formatted(shown);
      warnings.add(remedied(unknown, bits));
      remarks.add(unknown + " and was not used");
      return Storage.of(bits);
    }
    Set<Part> parts = parts(method);
    remarks.add(
        "quantization_config (%s) gives %s bits to the matrices of %s; all other weights, and real numbers between layers, keep the %s bits of torch_dtype; scales and zero points of groups are not counted"
            .formatted(
                shown,
                quantised,
                parts.stream().map(Quantisation::name).collect(Collectors.joining(", ")),
                bits));
    return new Storage(bits, quantised, parts);
  }

  private static String name(Part part) {
    return switch (part) {
      case ATTENTION -> "attention";
      case MLP -> "MLPs and experts";
      case HEAD -> "the head";
    };
  }

  /// Bits of a quantised weight; 0 where the method is not understood.
  private int quantised(String method) {
    return switch (method) {
      case "bitsandbytes" ->
          Stream.of("load_in_4bit", "_load_in_4bit").anyMatch(this::says)
              ? 4
              : Stream.of("load_in_8bit", "_load_in_8bit").anyMatch(this::says) ? 8 : 0;
      case "fp8", "fbgemm_fp8", "eetq" -> 8;
      case "mxfp4" -> 4;
      case "bitnet" -> 2;
      case "compressed-tensors" -> groups();
      case "modelopt" -> algorithm(config.path("quant_algo").asText());
      case "quanto" -> bits(config.path("weights").asText());
      default -> number(config.has("bits") ? config.path("bits") : config.path("w_bit"), "bits");
    };
  }

  private static int algorithm(String name) {
    return name.contains("FP4") || name.contains("W4") ? 4 : name.contains("FP8") ? 8 : 0;
  }

  /// The widest of the groups that different layers may be in.
  private int groups() {
    int widest = 0;
    int groups = 0;
    for (JsonNode group : config.path("config_groups")) {
      widest = Math.max(widest, number(group.path("weights").path("num_bits"), "num_bits"));
      groups++;
    }
    if (groups > 1) {
      remarks.add("the widest of %s groups of quantization_config is taken".formatted(groups));
    }
    return widest;
  }

  private boolean says(String name) {
    return config.path(name).asBoolean();
  }

  private static int number(JsonNode value, String name) {
    if (value instanceof MissingNode) {
      return 0;
    }
    if (!value.isInt() || value.intValue() < 1 || value.intValue() > MOST_BITS) {
      throw new IllegalArgumentException(
          "'%s' of quantization_config must be a whole number from 1 to %s, got %s"
              .formatted(name, MOST_BITS, Config.kind(value)));
    }
    return value.intValue();
  }

  /// What is quantised: matrices of attention and MLPs, the head by some methods, and nothing that
  /// is left alone by name.
  private Set<Part> parts(String method) {
    Set<Part> parts =
        switch (method) {
          case "mxfp4" -> EnumSet.of(Part.MLP);
          case "compressed-tensors", "modelopt" -> EnumSet.allOf(Part.class);
          default -> EnumSet.of(Part.ATTENTION, Part.MLP);
        };
    if (says("lm_head")) {
      parts.add(Part.HEAD);
    }
    List<String> unresolved = new ArrayList<>();
    for (String list : EXCEPTIONS) {
      for (JsonNode name : config.path(list)) {
        except(name.asText().toLowerCase(Locale.ROOT), parts, unresolved);
      }
    }
    if (!unresolved.isEmpty()) {
      remarks.add(
          "%s modules that quantization_config leaves alone by name, as %s, are charged as if it did not"
              .formatted(unresolved.size(), Printable.of(unresolved.getFirst(), 60)));
    }
    return parts;
  }

  private static void except(String name, Set<Part> parts, List<String> unresolved) {
    if (HEAD.matcher(name).find()) {
      parts.remove(Part.HEAD);
    } else if (!NEVER.matcher(name).find()) {
      boolean all = !ONE_BLOCK.matcher(name).find();
      if (all && ATTENTION.matcher(name).find()) {
        parts.remove(Part.ATTENTION);
      } else if (all && MLP.matcher(name).find()) {
        parts.remove(Part.MLP);
      } else {
        unresolved.add(name);
      }
    }
  }
}
