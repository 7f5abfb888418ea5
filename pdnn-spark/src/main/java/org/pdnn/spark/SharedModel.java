package org.pdnn.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pdnn.energy.EnergyBreakdown;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Workload;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Model;
import org.pdnn.network.ModelFile;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Sampler;
import org.pdnn.tradeoff.Pricing;

/// A model on its way to the executors: the bytes of its file. Executors read no file of their own,
/// so that none can have another. Spark keeps one such object in each executor; the network in it
/// is prepared by the first task and shared by all others.
final class SharedModel implements Serializable {
  private static final long serialVersionUID = 1;

  private final String name;
  private final String sha256;
  private final byte[] bytes;
  private final Scoring scoring;
  private transient @Nullable Prepared prepared;

  private record Prepared(Model model, Sampler sampler, EnergyBreakdown energy) {}

  /// @param sha256 of the bytes
  SharedModel(String name, String sha256, byte[] bytes, Scoring scoring) {
    this.name = name;
    this.sha256 = sha256;
    this.bytes = bytes;
    this.scoring = scoring;
  }

  /// A scorer for one task.
  Scorer scorer() {
    Prepared shared = prepared();
    return new Scorer(shared.model(), shared.sampler().fork(), shared.energy(), scoring);
  }

  private synchronized Prepared prepared() {
    Prepared known = prepared;
    if (known == null) {
      known = prepare();
      prepared = known;
    }
    return known;
  }

  private Prepared prepare() {
    ModelFile file;
    try {
      file = ModelFile.of(Path.of(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!file.sha256().equals(sha256)) {
      throw new IllegalStateException(
          "the executor has another model than the driver: SHA-256 %s, not %s"
              .formatted(file.sha256(), sha256));
    }
    Model model = file.model();
    Precision precision = scoring.precision(model);
    EnergyBreakdown energy =
        Pricing.strict(Technology.named(scoring.technology()))
            .model(scoring.scheme(), LastHidden.BITS, precision)
            .breakdown(Workload.of(model.network()));
    return new Prepared(model, precision.sampler(model.network(), scoring.run()), energy);
  }
}
