package org.pdnn.energy.language;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.pdnn.energy.BitWidths;
import org.pdnn.energy.NeuronType;
import org.pdnn.files.JsonFile;

/// The sizes of a decoder-only transformer.
///
/// @param family `model_type` of its configuration
/// @param width values of a token between blocks
/// @param blocks runs of like blocks; the first run holds the first block
/// @param positions the longest context, if the file names one
/// @param norm what normalises a token
/// @param lastNorm whether one stands after the last block
/// @param tied whether the layer of outputs is the embedding
/// @param storage bits of the published weights
/// @param warnings what makes the price doubtful unless bits of weights are given, a sentence each
///   with its remedy
/// @param remarks what was taken for granted in reading, a sentence each
public record LanguageModel(
    String family,
    int width,
    Embedding embedding,
    List<Block.Run> blocks,
    OptionalInt positions,
    NeuronType norm,
    boolean lastNorm,
    boolean tied,
    Storage storage,
    List<String> warnings,
    List<String> remarks) {
  public LanguageModel {
    blocks = List.copyOf(blocks);
    warnings = List.copyOf(warnings);
    remarks = List.copyOf(remarks);
  }

  /// Reads a `config.json` as Hugging Face publishes it.
  ///
  /// @throws IOException in one sentence with the file, the field and the rule it breaks
  public static LanguageModel read(Path file) throws IOException {
    return JsonFile.read(file, "config.json", ConfigFile::model);
  }

  /// The bits to charge for weights and real numbers unless others are asked for.
  public BitWidths widths() {
    return storage.widths();
  }

  /// A layer norm scales and shifts each value, an RMS norm scales it.
  int normParameters() {
    return norm == NeuronType.LAYER_NORM ? 2 : 1;
  }

  /// Trained parameters.
  public long parameters() {
    long inBlocks =
        blocks.stream()
            .mapToLong(run -> run.count() * run.block().parameters(width, normParameters()))
            .sum();
    return inBlocks + outside();
  }

  /// Parameters that a token meets: of a mixture of experts, those of the chosen ones; of the
  /// embedding all.
  public long activeParameters() {
    long inBlocks =
        blocks.stream()
            .mapToLong(run -> run.count() * run.block().active(width, normParameters()))
            .sum();
    return inBlocks + outside();
  }

  private long outside() {
    return embedding.parameters(width)
        + (lastNorm ? (long) normParameters() * width : 0)
        + (tied ? 0 : embedding.table());
  }

  /// As in `llama of 8,030,261,248 parameters`.
  @Override
  public String toString() {
    String all = String.format(Locale.ROOT, "%s of %,d parameters", family, parameters());
    return activeParameters() == parameters()
        ? all
        : String.format(Locale.ROOT, "%s, %,d for a token", all, activeParameters());
  }
}
