import org.pdnn.data.*;
import org.pdnn.evaluation.*;
import org.pdnn.network.*;
import org.pdnn.random.*;
import org.pdnn.sampling.*;
import org.pdnn.training.*;

/// Trains a p-DNN on the built-in digits, measures accuracy against samples, classifies an image.
void main() throws Exception {
  DataSet digits = Digits.generate(1, 1000, 200);
  Network zero = Preset.network("mlp", digits.training().shape(), 10, Neuron.parse("pbit:sigmoid"));
  Trainer trainer = new Trainer(Hyperparameters.paper().withSamples(5).withEpochs(10));
  Network network = trainer.train(InitialWeights.GLOROT.of(zero, 1), digits.training());

  Curve curve = Evaluation.of(1, 1, 2, 4, 8).measure(network, digits.test().first(100));
  for (CurvePoint point : curve.points()) {
    IO.println("T = %d: accuracy %.3f".formatted(point.samples(), point.accuracy().value()));
  }

  float[] image = new float[network.input().size()];
  digits.test().read(7, image, 0);
  Answer answer = Precision.DEFAULT.sampler(network, Run.of(8)).answer(image, 7, new Philox(1));
  IO.println(
      "image 7 is a %d (label %d), settled with a probability of at least %.2f"
          .formatted(answer.label(), digits.test().label(7), answer.settled()));
}
