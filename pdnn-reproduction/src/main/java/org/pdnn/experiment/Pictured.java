package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.stream.IntStream;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.sampling.Averaging;
import org.pdnn.sweep.Context;

/// A trained decoder and how it is run.
///
/// @param model what was trained
/// @param hidden hidden neurons that it is run with; those that it was trained with, or others in
///   their place
/// @param last last neurons that it is run with
public record Pictured(TrainedVae model, Neuron hidden, Neuron last, Averaging averaging) {
  /// As it was trained.
  public static Pictured asTrained(TrainedVae model) {
    return new Pictured(model, model.hidden(), model.last(), Averaging.END);
  }

  /// Adds what is run to the recipe of a cell.
  void describe(ObjectNode json) {
    json.put("hidden", hidden.toString())
        .put("last", last.toString())
        .put("averaging", averaging.toString());
    json.set("model", model.recipe());
  }

  /// The decoder with these neurons.
  Network decoder(Context context) throws IOException {
    Network trained = model.decoder(context);
    int end = trained.layers().size() - 1;
    return new Network(
        trained.input(),
        IntStream.rangeClosed(0, end)
            .mapToObj(i ->
                trained.layers().get(i) instanceof Neurons(Neuron neuron)
                    ? new Neurons(i == end ? last : hidden(neuron))
                    : trained.layers().get(i))
            .toList());
  }

  /// What reads the signs of the latent variables stays as it is.
  private Neuron hidden(Neuron trained) {
    return trained.equals(model.hidden()) ? hidden : trained;
  }

  /// Whether other neurons stand in the place of those that were trained.
  boolean frozen() {
    return !hidden.equals(model.hidden()) || !last.equals(model.last());
  }

  /// In a few words, for progress.
  @Override
  public String toString() {
    return "%s and %s, s = %s%s%s"
        .formatted(
            hidden,
            last,
            model.hyperparameters().samples(),
            frozen() ? ", frozen" : "",
            averaging == Averaging.LAYER ? ", layer by layer" : "");
  }
}
