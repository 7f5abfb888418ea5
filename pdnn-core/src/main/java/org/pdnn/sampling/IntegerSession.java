package org.pdnn.sampling;

import java.util.Arrays;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.Rows.Wanted;

/// A session of the engine: the next passes of all open inputs go through the network together,
/// wherever each of them stands.
final class IntegerSession extends TicketSession {
  private final IntegerMachine machine;
  private final RandomWords words;

  /// By ticket.
  private final long[] addresses;

  IntegerSession(IntegerMachine machine, RandomWords words, int most, int samples) {
    super(most, samples);
    this.machine = machine;
    this.words = words;
    this.addresses = new long[most];
  }

  @Override
  void begin(int[] tickets, float[][] inputs, long[] inputAddresses) {
    for (int i = 0; i < tickets.length; i++) {
      addresses[tickets[i]] = inputAddresses[i];
    }
    machine.begin(inputs, tickets);
  }

  @Override
  double[][][] run(int[] tickets, int[] from, int passes) {
    double[][][] outputs = new double[tickets.length][passes][];
    long[] own = Arrays.stream(tickets).mapToLong(ticket -> addresses[ticket]).toArray();
    machine.run(new Wanted(tickets, from, own), words, passes, outputs);
    return outputs;
  }
}
