package org.pdnn.cli.list;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pdnn.cli.energy.TechnologyDocument;
import org.pdnn.data.DataSets;
import org.pdnn.energy.PaperPreset;
import org.pdnn.names.Nearest;
import org.pdnn.network.Activation;
import org.pdnn.random.Scheme;
import org.pdnn.report.Document;
import org.pdnn.report.Rows;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// The names that commands know, each with a sentence.
enum Listing {
  MODELS,
  SCHEMES,
  NEURONS,
  TECHNOLOGIES,
  DATA;

  Document document() {
    return switch (this) {
      case MODELS -> document(models());
      case SCHEMES -> document(schemes());
      case NEURONS -> document(neurons());
      case TECHNOLOGIES -> TechnologyDocument.all();
      case DATA -> document(data());
    };
  }

  private Document document(Map<String, String> named) {
    return new Document(toString())
        .add(
            new Rows<>(List.copyOf(named.entrySet()))
                .add("name", "name", Map.Entry::getKey)
                .add("description", "description", Map.Entry::getValue)
                .table(toString(), toString()));
  }

  private static Map<String, String> models() {
    Map<String, String> models = new LinkedHashMap<>();
    models.put("mlp", "multi-layer perceptron (MLP), hidden layers of 256 and 128 neurons");
    models.put("mlp:784-64-10", "the same with these sizes, or any others");
    models.put("cnn", "convolutions of 16 and 32 channels, with batch norms and max pools");
    models.put("cnn:8-16", "the same with these channels, or any others");
    models.put("vgg5", "3 convolutions with batch norms and max pools, 1024 neurons, outputs");
    models.put("vgg5:pool-first", "vgg5 with its neurons after the max pools");
    models.put("resnet8", "residual network of MLPerf Tiny, 78,186 parameters");
    models.put("resnet8:bits-added", "resnet8 with its neurons before the sums");
    models.put("resnet8:pre-activation", "resnet8 with its neurons before each convolution");
    models.put("mobilenet", "MobileNetV1 0.25 of MLPerf Tiny, 96x96 pixels");
    models.put("ds-cnn", "keyword spotting of MLPerf Tiny, 49x10 spectral values");
    models.put("autoencoder", "anomaly detection of MLPerf Tiny, 640 spectral values");
    models.put("resnet20", "residual network of He et al. for CIFAR-10, 0.27 million parameters");
    models.put(
        "vit", "vision transformer of patches of 4x4 pixels, 64 channels, 4 blocks, 4 heads");
    models.put("vit:4-32-2-4", "the same with these sizes, or any others");
    for (PaperPreset preset : PaperPreset.values()) {
      models.put(preset.key(), "for energy: " + paper(preset));
    }
    return models;
  }

  private static String paper(PaperPreset preset) {
    return switch (preset) {
      case VGG5 -> "the CIFAR-10 classifier of figures 6 and 9";
      case FPGA_VAE -> "the MNIST auto-encoder on the FPGA of figure 8";
      case QMC -> "one p-bit of the quantum Monte Carlo chip of figure 5";
      case CELEBA_VAE -> "the CelebA auto-encoder of figures 4b and 9";
    };
  }

  private static Map<String, String> schemes() {
    Map<String, String> schemes = new LinkedHashMap<>();
    for (Scheme scheme : Scheme.values()) {
      schemes.put(
          scheme.toString(),
          switch (scheme) {
            case INDEPENDENT -> "a fresh random word for each sample";
            case ANTITHETIC -> "samples in pairs: u, then 1 - u";
            case XOR -> "one sequence that fills [0, 1) evenly, shifted for each neuron";
            case SCRAMBLED -> "the same sequence in an order of each neuron's own; the default";
            case STRATIFIED -> "one u in each T-th part of [0, 1); T must be known beforehand";
          });
    }
    return schemes;
  }

  private static Map<String, String> neurons() {
    Map<String, String> neurons = new LinkedHashMap<>();
    for (Activation activation : Activation.values()) {
      neurons.put(
          activation.toString(),
          "deterministic, 32 bits: "
              + switch (activation) {
                case IDENTITY -> "I";
                case RELU -> "max(0, I)";
                case SIGMOID -> "1 / (1 + exp(-I))";
                case TANH -> "tanh(I)";
                case CLIP -> "I clipped to [0, 1]";
                case LEAKY_RELU -> "I, or 0.01 I below 0; leaky-relu:0.2 with that slope";
                case ELU -> "I, or exp(I) - 1 below 0";
                case SELU -> "1.0507 I, or 1.7581 (exp(I) - 1) below 0";
                case GELU -> "I times the normal distribution function of I";
                case GELU_TANH -> "gelu as approximated by tanh";
                case SILU -> "I sigmoid(I)";
                case HARD_SWISH -> "I times I / 6 + 1 / 2 clipped to [0, 1]";
              });
    }
    neurons.put("sigmoid:3bit", "deterministic, 2^3 levels; 1 to 16 bits, also tanh and clip");
    for (Activation activation : Activation.values()) {
      if (activation.bounded()) {
        String bits = activation.signed() ? "-1 or 1" : "0 or 1";
        neurons.put("pbit:" + activation, "p-bit: " + bits + " with mean " + activation + "(I)");
      }
    }
    neurons.put("noisy:tanh:0.5", "tanh(I) + 0.5 r, r uniform in [-1, 1); any activation");
    return neurons;
  }

  private static Map<String, String> data() {
    Map<String, String> data = new LinkedHashMap<>();
    for (String name : DataSets.names()) {
      data.put(name, data(name));
    }
    data.put("FOLDER", "pictures in a folder per class, or the files of IDX or CIFAR");
    return data;
  }

  private static String data(String name) {
    return switch (name) {
      case "digits" -> "built in: 28x28 grey digits drawn by the program, 10 classes";
      case "mnist" -> "28x28 grey handwritten digits, 10 classes; downloaded";
      case "cifar10" -> "32x32 colour pictures, 10 classes; downloaded";
      case "celeba" -> "64x64 colour faces for auto-encoders; bring the pictures yourself";
      default -> "";
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> names() {
    return Arrays.stream(values()).map(Listing::toString).toList();
  }

  /// Reads a name.
  static final class Converter implements ITypeConverter<Listing> {
    @Override
    public Listing convert(String name) {
      return Arrays.stream(values())
          .filter(listing -> listing.toString().equalsIgnoreCase(name))
          .findFirst()
          .orElseThrow(() ->
              new TypeConversionException(
                  "there is no list of '%s'%s; use %s"
                      .formatted(
                          name, Nearest.suggestion(name, names()), String.join(", ", names()))));
    }
  }
}
