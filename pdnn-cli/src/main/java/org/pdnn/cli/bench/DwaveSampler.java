package org.pdnn.cli.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import org.pdnn.ising.IsingModel;

/// D-Wave's simulated annealing (the Python package dwave-samplers) in a process of its own, on a
/// model of pairs.
final class DwaveSampler implements AutoCloseable {
  /// Reads the model, then for each line `reads sweeps beta` anneals and answers with the seconds.
  private static final String PROGRAM =
      """
      import sys, time
      from dwave.samplers import SimulatedAnnealingSampler
      read = sys.stdin.readline
      spins, pairs = map(int, read().split())
      h = {i: float(read()) for i in range(spins)}
      J = {}
      for _ in range(pairs):
          i, j, value = read().split()
          J[int(i), int(j)] = float(value)
      sampler = SimulatedAnnealingSampler()
      print("ready", flush=True)
      for line in iter(read, ""):
          reads, sweeps, beta = line.split()
          start = time.perf_counter()
          sampler.sample_ising(h, J, num_reads=int(reads), num_sweeps=int(sweeps),
                               beta_range=[float(beta), float(beta)], seed=1)
          print(time.perf_counter() - start, flush=True)
      """;

  private final Process process;
  private final BufferedWriter to;
  private final BufferedReader from;

  private DwaveSampler(Process process) {
    this.process = process;
    this.to = process.outputWriter();
    this.from = process.inputReader();
  }

  /// The sampler with a model, if this machine's `python3` has it.
  static Optional<DwaveSampler> of(IsingModel model) throws IOException {
    if (model.triples().count() > 0) {
      return Optional.empty();
    }
    DwaveSampler sampler;
    try {
      sampler =
          new DwaveSampler(
              new ProcessBuilder("python3", "-c", PROGRAM)
                  .redirectError(ProcessBuilder.Redirect.DISCARD)
                  .start());
    } catch (IOException e) {
      // There is no python3.
      return Optional.empty();
    }
    try {
      sampler.send(model);
      if ("ready".equals(sampler.from.readLine())) {
        return Optional.of(sampler);
      }
    } catch (IOException e) {
      // It ended while it was written to: there is no package.
    }
    sampler.close();
    return Optional.empty();
  }

  /// In dimod's sign, E = +sum h s + sum J s s.
  private void send(IsingModel model) throws IOException {
    to.write("%s %s\n".formatted(model.size(), model.couplings()));
    for (int spin = 0; spin < model.size(); spin++) {
      to.write(-model.field(spin) + "\n");
    }
    for (int spin = 0; spin < model.size(); spin++) {
      for (int k = 0; k < model.degree(spin); k++) {
        if (model.neighbour(spin, k) > spin) {
          to.write(
              "%s %s %s\n".formatted(spin, model.neighbour(spin, k), -model.coupling(spin, k)));
        }
      }
    }
    to.flush();
  }

  /// Seconds of an annealing at one beta, by its own clock.
  double seconds(int reads, int sweeps, double beta) {
    try {
      to.write(String.format(Locale.ROOT, "%s %s %s\n", reads, sweeps, beta));
      to.flush();
      String answer = from.readLine();
      if (answer == null) {
        throw new IOException("D-Wave's sampler ended");
      }
      return Double.parseDouble(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
