package org.pdnn.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.pdnn.data.DataSet;
import org.pdnn.data.Digits;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Neuron;
import org.pdnn.training.Hyperparameters;

/// Recipes are what kept cells are found by: another key or value in one, and what was computed
/// with an earlier version is computed again. These must not change by accident.
class RecipeTest {
  private static final DataSet DIGITS = Digits.generate(1, 20, 10);
  private static final TrainedNetwork NETWORK =
      new TrainedNetwork(
          DIGITS.training(),
          "vgg5",
          Neuron.parse("pbit:sigmoid"),
          Hyperparameters.paper().withSamples(5).withEpochs(2).withSeed(3),
          new Start.Fresh(InitialWeights.GLOROT));
  private static final String NETWORK_RECIPE =
      """
      {"kind": "network", "data": "digits training", "dataSha256": "%s", "images": 20,
       "network": "vgg5", "neuron": "pbit:sigmoid", "samples": 5, "epochs": 2, "batch": 64,
       "learningRate": 0.001, "schedule": "constant", "flip": false, "outputs": "logits",
       "scheme": "independent", "arithmetic": "float32", "seed": 3, "first": {"start": "glorot"}}
      """
          .formatted(DIGITS.training().sha256());

  private static void assertRecipe(String expected, org.pdnn.sweep.Cell<?> cell)
      throws IOException {
    JsonMapper json = new JsonMapper();
    assertEquals(json.readTree(expected), json.readTree(cell.recipe().toString()));
  }

  @Test
  void ofATraining() throws IOException {
    assertRecipe(NETWORK_RECIPE, NETWORK);
  }

  @Test
  void ofACurve() throws IOException {
    assertRecipe(
        String.format(
            Locale.ROOT,
            """
            {"kind": "curve", "data": "digits test", "dataSha256": "%s", "images": 10,
             "neuron": "pbit:sigmoid", "scheme": "independent", "averaging": "end", "last": "bits",
             "outputs": "logits", "seed": 7, "seeds": 3, "sampler": "libtorch", "samples": [1, 10],
             "model": %s}
            """,
            DIGITS.test().sha256(),
            NETWORK_RECIPE),
        MeasuredCurve.of(NETWORK, DIGITS.test(), Evaluation.independent(List.of(1, 10), 7, 3)));
  }
}
