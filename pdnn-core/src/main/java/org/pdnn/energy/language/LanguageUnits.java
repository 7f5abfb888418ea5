package org.pdnn.energy.language;

import java.util.Optional;
import org.pdnn.energy.Convention;
import org.pdnn.energy.LayerSize;
import org.pdnn.energy.Operation;
import org.pdnn.energy.UnitWork;
import org.pdnn.energy.Work;
import org.pdnn.energy.language.Storage.Part;
import org.pdnn.network.Neuron;

/// The work of one weight, one product and one output of a language model, by a convention.
final class LanguageUnits {
  /// Of the parts whose weights are quantised.
  final UnitWork unit;

  /// Of the others.
  final UnitWork unquantised;

  private final LanguageModel model;
  private final Span span;
  private final int batch;
  private final Optional<Neuron> hidden;
  private final double additions;

  LanguageUnits(LanguageWork work, Convention convention) {
    this.model = work.model();
    this.span = work.span();
    this.batch = work.batch();
    this.hidden = work.hidden();
    this.additions = convention.additions().rate(0);
    this.unit = new UnitWork(convention);
    this.unquantised = new UnitWork(convention.withWidths(convention.widths().atEdge()));
  }

  /// The size of norms over so many values.
  LayerSize norm(long values) {
    return new LayerSize(0, (double) model.normParameters() * values, 0);
  }

  /// Weights by how they are stored: what no quantisation takes stands where networks have their
  /// first and last layer.
  UnitWork stored(Part part) {
    return model.storage().parts().contains(part) ? unit : unquantised;
  }

  /// So many weights, read once for the tokens that go together, in all sequences of a batch.
  Work read(UnitWork stored, double weights) {
    return stored.weights(weights * span.reads() / batch);
  }

  /// Multiply-accumulates of weights with real numbers, each of which reads one.
  Work matrix(UnitWork stored, double macs) {
    return stored.synapse(UnitWork.REAL, 1).plus(unit.activation(UnitWork.REAL)).times(macs);
  }

  /// A synapse that reads a hidden neuron.
  Work hidden(UnitWork stored) {
    return hidden
        .map(
            neuron -> stored.synapse(neuron.bits(), additions).plus(unit.activation(neuron.bits())))
        .orElseGet(() -> stored.synapse(UnitWork.REAL, 1).plus(unit.activation(UnitWork.REAL)));
  }

  /// What matrices write, each value an elementary operation.
  Work outputs(double count) {
    return unit.activation(UnitWork.REAL).plus(Work.of(Operation.OVERHEAD, 1)).times(count);
  }
}
