package org.pdnn.circuit.accelerator;

import java.util.Locale;
import java.util.Map;
import org.pdnn.names.Counted;
import org.pdnn.names.Printable;

/// The page of a [Project].
final class ProjectPage {
  private static final Map<String, String> PORTS =
      Map.ofEntries(
          Map.entry("write", "writes a byte of the input"),
          Map.entry("write_address", "which byte"),
          Map.entry("write_data", "the byte"),
          Map.entry("load", "starts the generators; nothing happens while `busy` is up"),
          Map.entry("seed", "where they start; 0 counts as 1"),
          Map.entry("start", "starts T passes"),
          Map.entry("passes", "T, 1 to 65,535, read with `start`"),
          Map.entry("read_address", "which output"),
          Map.entry("busy", "up while generators are started or passes run"),
          Map.entry("done", "passes that are over"),
          Map.entry("total", "the output's sum over them, in two's complement"));

  private ProjectPage() {}

  static String of(Accelerator accelerator, Target target) {
    Schedule schedule = accelerator.schedule();
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Accelerator

        %s Written by `pdnn hardware`; do not edit.

        | File | What it is |
        |---|---|
        | `accelerator.v` | the top: ports of the host, elements and what leaves them |
        | `activations.v` | the input and the p-bits of two layers |
        | `sequencer.v` | the steps, places of kernels, groups, bits and terms, one term in a cycle |
        | `element.v`, `lfsr*.v` | the part of figure 7 that each unit needs: selective accumulator and generator |
        | `neuron.v`, `threshold_*.v` | the part that all elements share: affine function, activation, comparator%s |
        | `totals.v` | the last layer's sums over the passes |
        | `seeder.v` | first states of the generators |
        | `weights_*.v` | the weights of each element |
        | `*.hex` | what memories hold at first |
        | `bench.v` | a host that compares every pass with the emulator |

        `report.md` says of which model and by which command it was written, and what was found.

        """
            .formatted(
                accelerator.summary(),
                accelerator.schedule().pooled() ? "; `pool.v`: the pools before it" : ""));
    page.append(PortTable.of(accelerator.circuit(), PORTS));
    page.append(
        """

        ## Protocol

        1. After `rst`, `load` with a seed for a cycle. `busy` is then up for %s. The generators move on from input to input, so a seed is needed once.
        2. `write` the input, one byte in a cycle, in the order row, column, channel: %s. While `busy` is up the next input may be written once `done` is 1 or more.
        3. `start` for a cycle with `passes` = T, which is kept. While `busy` or `load` is up, or with T = 0, nothing starts.
        4. `done` counts the passes that are over. From 1 on, `total` is the sum of output `read_address` over them, a cycle after the address: an answer after each pass. It stays until the next `start`.

        %s

        | Output | Scale | Bias |
        |---|---|---|
        """
            .formatted(
                Counted.of(accelerator.elements(), "cycle"),
                accelerator.input(),
                accelerator
                    .after()
                    .map(
                        "Output o of a pass is %s of `sum * scale + bias`, sum what the pass adds to `total`; the network's is the mean over passes:"
                            ::formatted)
                    .orElse("Output o of the network is `total / done * scale + bias`:")));
    for (int output = 0; output < accelerator.network().outputs(); output++) {
      page.append(
          "| %s | %s | %s |\n"
              .formatted(output, accelerator.scale(output), accelerator.bias(output)));
    }
    page.append(
        """

        ## Cycles

        Once for an input %s, for each pass %s.

        | Step | What | Layer | Places | Groups of %s | Bits | Cycles of the last sweep | Cycles |
        |---|---|---|---|---|---|---|---|
        """
            .formatted(schedule.cyclesBefore(), schedule.cyclesOfPass(), accelerator.elements()));
    for (Step step : schedule.steps()) {
      page.append(
          "| %s | %s | `%s` | %s | %s | %s | %s | %s |\n"
              .formatted(
                  schedule.steps().indexOf(step) + 1,
                  step.kind().name().toLowerCase(Locale.ROOT),
                  Printable.of(step.layer()).replace('`', '?').replace('|', '?'),
                  step.places(),
                  step.groups(),
                  step.planes(),
                  step.slots() + 1,
                  step.cycles()));
    }
    page.append(
        """

        ## Sizes

        Weights %s bits in all layers, as wide as the widest; sums %s bits, totals %s bits: none can overflow, by the weights themselves.
        Memories %s bits. `make synthesis` counts the rest for %s.
        """
            .formatted(
                accelerator.element().weightBits(),
                accelerator.sumBits(),
                accelerator.totalBits(),
                accelerator.memoryBits(),
                target.device()));
    return page.toString();
  }
}
