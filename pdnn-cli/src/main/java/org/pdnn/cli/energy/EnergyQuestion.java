package org.pdnn.cli.energy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.ValuesConverter;
import org.pdnn.energy.EnergyModel;
import org.pdnn.names.Values;
import org.pdnn.report.Document;
import picocli.CommandLine.Option;

/// What `pdnn energy` is asked in place of the energy against T; one thing at a time.
@Heading("Questions, one at a time")
final class EnergyQuestion {
  private static final String VALUES = "FROM..TO:STEP|LIST";

  @Option(names = "--layers", description = "Show each layer, at the first T.")
  private boolean layers;

  @Option(
      names = "--sweep-memory",
      paramLabel = VALUES,
      converter = ValuesConverter.class,
      description =
          "Sweep the energy of reading a weight, in pJ per bit, at the first T: a list as in 0,1,4"
              + " or a range as in 0..5 or 0..5:0.5.")
  private @Nullable Values memory;

  @Option(
      names = "--sweep-bits",
      paramLabel = VALUES,
      converter = ValuesConverter.class,
      description =
          "Sweep the bits of a weight, b_w, at the first T; the first and the last layer keep"
              + " theirs where they have others.")
  private @Nullable Values bits;

  @Option(
      names = "--sweep-fan-in",
      paramLabel = VALUES,
      converter = ValuesConverter.class,
      description =
          "Sweep the fan-in n of one of MODEL's hidden neurons, the elementary operation, at the"
              + " first T.")
  private @Nullable Values fanIn;

  @Option(
      names = "--break-even",
      description =
          "Show which T, and which energies of the weights' memory, cost no more than the 32-bit"
              + " deterministic twin.")
  private boolean breakEven;

  /// Whether there is one.
  boolean asked() {
    return layers || breakEven || memory != null || bits != null || fanIn != null;
  }

  /// Adds the answer to it; without a question, the energy against T.
  ///
  /// @param samples numbers of samples T
  void answer(
      Document document,
      EnergyModel model,
      EnergySubject subject,
      List<Integer> samples,
      LatencyOptions latency) {
    EnergyCurve curve = new EnergyCurve(model, subject);
    int first = samples.getFirst();
    if (memory != null) {
      curve.memory(document, first, memory);
    } else if (bits != null) {
      curve.weightBits(document, first, bits);
    } else if (fanIn != null) {
      curve.fanIn(document, first, fanIn);
    } else if (breakEven) {
      new BreakEvenAnswer(model, subject).addTo(document, samples);
    } else if (layers) {
      new EnergyLayers(model, subject, first).addTo(document);
    } else {
      curve.samples(document, samples, latency);
    }
  }
}
