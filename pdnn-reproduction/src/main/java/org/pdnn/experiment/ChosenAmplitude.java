package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.network.Activation;
import org.pdnn.network.Neuron;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;

/// The amplitude of noise on a trained network's activations that serves best on validation images,
/// at the greatest T.
///
/// @param quiet the network without noise
/// @param amplitudes that are tried; of equals the first is chosen
/// @param validation images that neither trained the network nor measure it
public record ChosenAmplitude(
    TrainedNetwork model,
    Retrofit quiet,
    Activation activation,
    List<Double> amplitudes,
    Images validation,
    Evaluation evaluation) {
  public ChosenAmplitude {
    amplitudes = List.copyOf(amplitudes);
    if (amplitudes.isEmpty()) {
      throw new IllegalArgumentException("amplitudes must be at least 1, got 0");
    }
  }

  ObjectNode recipe() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("kind", "amplitude");
    ArrayNode tried = json.putArray("tried");
    curves().forEach(curve -> tried.add(curve.recipe()));
    return json;
  }

  List<Cell<?>> needs() {
    return Stream.concat(Stream.of((Cell<?>) model), curves().stream()).toList();
  }

  private List<RetrofitCurve> curves() {
    return amplitudes.stream()
        .map(amplitude -> new RetrofitCurve(model, noisy(amplitude), quiet, validation, evaluation))
        .toList();
  }

  /// The network with so much noise.
  Retrofit noisy(double amplitude) {
    return quiet.withNeuron(new Neuron.Noisy(activation, amplitude));
  }

  /// The amplitude that served best; of equals the first.
  double best(Context context) throws IOException {
    double best = -1;
    double chosen = 0;
    List<RetrofitCurve> curves = curves();
    for (int i = 0; i < curves.size(); i++) {
      double accuracy = context.result(curves.get(i)).curve().getLast().point().accuracy().value();
      if (accuracy > best) {
        best = accuracy;
        chosen = amplitudes.get(i);
      }
    }
    return chosen;
  }
}
