package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.sweep.Kind;
import org.pdnn.training.Arithmetic;
import org.pdnn.training.Hyperparameters;

/// What recipes of cells have in common. A cell's address is the hash of its recipe: other keys or
/// values here are other cells.
final class Recipe {
  private Recipe() {}

  static ObjectNode of(Kind<?> kind) {
    return JsonNodeFactory.instance.objectNode().put("kind", kind.name());
  }

  /// Of what learns from images or is measured on them.
  static ObjectNode of(Kind<?> kind, Images images) {
    return of(kind)
        .put("data", images.name())
        .put("dataSha256", images.sha256())
        .put("images", images.count());
  }

  /// Of a curve.
  ///
  /// @param sampler what runs the passes
  static ObjectNode of(Kind<?> kind, Images images, Evaluation evaluation, String sampler) {
    ObjectNode json = of(kind, images);
    json.put("scheme", evaluation.scheme().toString())
        .put("averaging", evaluation.averaging().toString())
        .put("last", evaluation.last().toString())
        .put("outputs", evaluation.outputs().toString())
        .put("seed", evaluation.seed())
        .put("seeds", evaluation.seeds())
        .put("sampler", sampler);
    evaluation.samples().forEach(json.putArray("samples")::add);
    return json;
  }

  /// Of a training.
  static ObjectNode of(Kind<?> kind, Images images, Hyperparameters hyperparameters) {
    ObjectNode json = of(kind, images);
    json.put("samples", hyperparameters.samples())
        .put("epochs", hyperparameters.epochs())
        .put("batch", hyperparameters.batch())
        .put("learningRate", hyperparameters.learningRate())
        .put("schedule", hyperparameters.schedule().toString())
        .put("flip", hyperparameters.horizontalFlip())
        .put("scheme", hyperparameters.scheme().toString())
        .put("arithmetic", hyperparameters.arithmetic().toString())
        .put("seed", hyperparameters.seed());
    if (hyperparameters.arithmetic() == Arithmetic.BFLOAT16 && hyperparameters.samples() > 1) {
      // A network whose gradients were summed in the bits of the products is another one.
      json.put("gradientSums", Arithmetic.FLOAT32.toString());
    }
    return json;
  }
}
