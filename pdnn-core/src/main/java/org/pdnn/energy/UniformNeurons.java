package org.pdnn.energy;

import java.util.List;
import java.util.Optional;
import org.pdnn.names.Limits;
import org.pdnn.network.Neuron;

/// A network of N neurons of like fan-in, equation 3: as the paper prices circuits whose layers it
/// does not tell.
///
/// @param neurons N
/// @param fanIn n
public record UniformNeurons(String name, long neurons, int fanIn, Neuron neuron)
    implements Workload {
  public UniformNeurons {
    Limits.atLeast("neurons", 1, neurons);
    Limits.atLeast("fan-in", 1, fanIn);
  }

  /// Without random neurons there is one pass.
  @Override
  public List<LayerWork> work(Convention convention) {
    LayerWork one = new ElementaryOperation(fanIn, neuron, convention).work();
    String label = "%s neurons of fan-in %s".formatted(neurons, fanIn);
    return List.of(
        neuron.random()
            ? new LayerWork(
                0,
                label,
                one.size().times((double) neurons),
                one.once().times(neurons),
                one.perSample().times(neurons),
                one.perWord().times(neurons),
                one.scheme())
            : LayerWork.of(
                0, label, one.size().times((double) neurons), one.at(1).times(neurons), Work.NONE));
  }

  @Override
  public Workload withHidden(Neuron other) {
    return new UniformNeurons(name, neurons, fanIn, other);
  }

  @Override
  public Workload twin() {
    return withHidden(neuron.twin());
  }

  @Override
  public Optional<Neuron> hidden() {
    return Optional.of(neuron);
  }

  @Override
  public List<String> assumptions() {
    return List.of("equation 3: all neurons are alike, and no weight serves two of them");
  }
}
