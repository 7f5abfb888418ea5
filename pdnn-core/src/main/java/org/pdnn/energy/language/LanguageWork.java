package org.pdnn.energy.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.energy.ChargedLayers;
import org.pdnn.energy.Convention;
import org.pdnn.energy.LayerWork;
import org.pdnn.energy.WeightReads;
import org.pdnn.energy.Workload;
import org.pdnn.names.Limits;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Neuron;

/// Equation 4 for a span of tokens of one sequence. A prediction.
///
/// @param batch sequences that share each reading of the weights
/// @param hidden neurons that replace those of the MLPs, if the model is not taken as it is
public record LanguageWork(LanguageModel model, Span span, int batch, Optional<Neuron> hidden)
    implements Workload {
  public LanguageWork {
    Limits.atLeast("batch", 1, batch);
    if (model.positions().isPresent() && span.context() > model.positions().getAsInt()) {
      throw new IllegalArgumentException(
          "prompt and generation must be at most %s tokens together, the model's longest context,"
                  .formatted(model.positions().getAsInt())
              + " got "
              + span.context());
    }
  }

  @Override
  public String name() {
    return "prediction for a " + model;
  }

  @Override
  public Workload withHidden(Neuron neuron) {
    return new LanguageWork(model, span, batch, Optional.of(neuron));
  }

  @Override
  public Workload twin() {
    return new LanguageWork(model, span, batch, Optional.empty());
  }

  @Override
  public String edgeWeights() {
    return "weights that are not quantised";
  }

  @Override
  public List<String> assumptions() {
    List<String> all =
        new ArrayList<>(
            List.of(
                "a language model's energy is a prediction; nothing of it was measured",
                "every multiply-accumulate reads its activation, as equation 4 has it; a machine"
                    + " that passes activations from unit to unit takes less",
                "a prompt goes through the model together: weights, keys and values are read once"
                    + " for all its tokens; each generated token reads them anew",
                "weights are read once for all sequences of a batch",
                "heads of a group share each reading of a key or value",
                "softmax, norms, rotary embedding and activation functions cost the products, sums"
                    + " and look-ups that their definitions name (ours)",
                "outputs of matrices are written once; adding biases is free"));
    if (model.blocks().stream().anyMatch(run -> run.block().feedForward() instanceof Experts)) {
      all.add(
          "tokens choose their experts evenly and by themselves: those that go together, of all"
              + " sequences, read each expert once that one of them chooses (ours)");
    }
    if (model.blocks().stream()
        .anyMatch(run -> run.block().attention() instanceof LatentAttention)) {
      all.add(
          "latent attention keeps one short vector per token; a prompt expands those of its tokens,"
              + " a generated token looks at them as they are");
    }
    all.addAll(model.remarks());
    hidden.ifPresent(neuron ->
        all.add(
            "the MLPs' hidden neurons are %s; nothing says that such a model would answer well"
                    .formatted(neuron)
                + (neuron.random()
                    ? "; all after the first of them runs in every sample, with keys and"
                        + " values of its own; experts are chosen once for all samples"
                    : "")));
    return all;
  }

  /// @throws IllegalArgumentException if the convention makes a choice that has no meaning here
  @Override
  public List<LayerWork> work(Convention convention) {
    if (convention.layers() != ChargedLayers.AS_THEY_ARE
        || convention.reads() != WeightReads.PARAMETER
        || convention.last() != LastHidden.BITS
        || convention.widths().input().isPresent()) {
      throw new IllegalArgumentException(
          "a language model is charged by convention strict, its weights read once and its input a"
              + " row of the embedding; leave out what says otherwise");
    }
    return new LanguageLayers(this, convention).list();
  }
}
