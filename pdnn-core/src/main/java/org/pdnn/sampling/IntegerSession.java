package org.pdnn.sampling;

import java.util.Arrays;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.Rows.Wanted;

/// A session of the engine: the next passes of all open inputs go through the network together,
/// wherever each of them stands.
final class IntegerSession implements Session {
  private final IntegerMachine machine;
  private final RandomWords words;
  private final Tickets tickets;

  /// By ticket.
  private final long[] addresses;

  IntegerSession(IntegerMachine machine, RandomWords words, int most, int samples) {
    this.machine = machine;
    this.words = words;
    this.tickets = new Tickets(most, samples);
    this.addresses = new long[most];
  }

  @Override
  public int[] begin(float[][] inputs, long[] inputAddresses) {
    int[] given = tickets.open(inputs.length);
    for (int i = 0; i < given.length; i++) {
      addresses[given[i]] = inputAddresses[i];
    }
    machine.begin(inputs, given);
    return given;
  }

  @Override
  public void advance(int passes) {
    for (int left = 1; left <= passes; left++) {
      int[] slots = tickets.withLeft(left, passes);
      if (slots.length > 0) {
        double[][][] outputs = new double[slots.length][left][];
        int[] from = Arrays.stream(slots).map(tickets::done).toArray();
        long[] own = Arrays.stream(slots).mapToLong(slot -> addresses[slot]).toArray();
        machine.run(new Wanted(slots, from, own), words, left, outputs);
        for (int i = 0; i < slots.length; i++) {
          tickets.add(slots[i], outputs[i]);
        }
      }
    }
  }

  @Override
  public double[][] passes(int ticket) {
    return tickets.passes(ticket);
  }

  @Override
  public void end(int ticket) {
    tickets.end(ticket);
  }
}
