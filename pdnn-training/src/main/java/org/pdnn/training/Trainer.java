package org.pdnn.training;

import org.pdnn.data.Images;
import org.pdnn.network.Network;
import org.pdnn.network.Tensor;
import org.pdnn.training.torch.ClassifierLearner;
import org.pdnn.training.torch.Learner;

/// Trains a classifier: the loss is taken of the average of s passes.
public final class Trainer extends Training<Trainer, Network, StepResult> {
  public Trainer(Hyperparameters hyperparameters) {
    super(hyperparameters, StepResult.NONE);
  }

  @Override
  Trainer self() {
    return this;
  }

  @Override
  void require(Network network, Images training) {
    if (network.input().size() != training.shape().size()) {
      throw new IllegalArgumentException(
          "the network reads %s, the images are %s".formatted(network.input(), training.shape()));
    }
    if (network.output().size() != training.classes() || network.output().rank() != 1) {
      throw new IllegalArgumentException(
          "the network gives %s outputs, the images have %s classes"
              .formatted(network.output(), training.classes()));
    }
  }

  @Override
  Network start(Network initial) {
    return initial;
  }

  @Override
  Network restored(Network start, Checkpoints.State state) {
    return state.network();
  }

  @Override
  Checkpoints.State state(long steps, Network network, Tensor mean, Tensor variance) {
    return new Checkpoints.State(steps, network, mean, variance);
  }

  @Override
  String described(Network initial) {
    return initial.architecture() + " " + initial.shapes();
  }

  @Override
  Learner<Network, StepResult> learner(Network start, Processor processor) {
    return new ClassifierLearner(start, hyperparameters, SampleStrategy.best(start), processor);
  }

  @Override
  Network finished(Network learnt) {
    return hyperparameters.weights().of(learnt);
  }
}
