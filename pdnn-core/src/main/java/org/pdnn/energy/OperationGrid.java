package org.pdnn.energy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pdnn.network.Neuron;

/// The elementary operation over every combination of technology, T, weight bits b_w and fan-in n.
/// Its gain is that over the deterministic operation of the same b_w and n.
///
/// ```java
/// var samples = List.of(1, 10);
/// var weightBits = List.of(8, 32);
/// new OperationGrid(neuron, Convention.PAPER, technologies, samples, weightBits, List.of(32))
///     .points(); // 2 x 2 points per technology
/// ```
///
/// @param neuron of the operation
/// @param convention all that is not swept
/// @param technologies none twice, like the other lists, or points come twice
public record OperationGrid(
    Neuron neuron,
    Convention convention,
    List<Technology> technologies,
    List<Integer> samples,
    List<Integer> weightBits,
    List<Integer> fanIns) {
  public OperationGrid {
    technologies = List.copyOf(technologies);
    samples = List.copyOf(samples);
    weightBits = List.copyOf(weightBits);
    fanIns = List.copyOf(fanIns);
  }

  /// The points, computed as they are asked for: T within technologies, those within n, within b_w.
  public Stream<OperationPoint> points() {
    return weightBits.stream()
        .flatMap(bits -> fanIns.stream().flatMap(fanIn -> points(bits, fanIn)));
  }

  /// Work is counted once for all technologies and all T.
  private Stream<OperationPoint> points(int bits, int fanIn) {
    Convention counted = convention.withWidths(convention.widths().withWeight(bits));
    LayerWork work = work(neuron, fanIn, counted);
    Work twin = work(neuron.twin(), fanIn, counted).at(1);
    List<Work> byT = samples.stream().map(t -> work.at(neuron.random() ? t : 1)).toList();
    return technologies.stream()
        .flatMap(technology -> {
          EnergyModel model = new EnergyModel(technology, counted);
          Joules twinEnergy = model.price(twin).total();
          return IntStream.range(0, samples.size())
              .mapToObj(i ->
                  new OperationPoint(
                      technology,
                      samples.get(i),
                      bits,
                      fanIn,
                      model.price(byT.get(i)),
                      twinEnergy));
        });
  }

  private static LayerWork work(Neuron neuron, int fanIn, Convention convention) {
    return new ElementaryOperation(fanIn, neuron, convention).work();
  }
}
