package org.pdnn.training;

import org.pdnn.names.Choice;

/// How the learning rate goes over a run.
public enum Schedule {
  /// The same in every step, as in the paper (section 3).
  CONSTANT {
    @Override
    public double share(long step, long steps) {
      return 1;
    }
  },
  /// A straight rise over the first twentieth, then half a cosine down to nothing: reaches in tens
  /// of epochs what a constant rate needs hundreds for. I. Loshchilov, F. Hutter, "SGDR", ICLR
  /// 2017, equation 5, without restarts.
  COSINE {
    @Override
    public double share(long step, long steps) {
      long rise = Math.max(1, steps / RISE);
      if (step <= rise) {
        return (double) step / rise;
      }
      double done = (double) (step - rise) / Math.max(1, steps - rise);
      return (1 + Math.cos(Math.PI * Math.min(1, done))) / 2;
    }
  };

  private static final int RISE = 20;

  /// The share of the learning rate that a step is made with, 0 to 1.
  ///
  /// @param step from 1
  /// @param steps of the whole run
  public abstract double share(long step, long steps);

  /// The schedule of a name on the command line.
  public static Schedule parse(String name) {
    return Choice.parse(Schedule.class, "schedule", name);
  }

  /// The name on the command line, lower case.
  @Override
  public String toString() {
    return Choice.name(this);
  }
}
