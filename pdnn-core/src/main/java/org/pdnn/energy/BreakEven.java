package org.pdnn.energy;

/// Where a workload costs as much as its 32-bit deterministic twin, both in this model. Energy
/// rises with T, and is affine in e_wM, so both are solved and not searched for.
public record BreakEven(EnergyModel model, Workload workload) {

  /// The values for which the workload costs at most what its twin does.
  public sealed interface Range<T> {
    /// All.
    record Always<T>() implements Range<T> {}

    /// None.
    record Never<T>() implements Range<T> {}

    /// Those up to a bound.
    ///
    /// @param most included
    record UpTo<T>(T most) implements Range<T> {}

    /// Those from a bound on.
    ///
    /// @param least included
    record From<T>(T least) implements Range<T> {}
  }

  /// The numbers of samples T. Without random neurons there is one pass, whatever T.
  public Range<Integer> samples() {
    EnergyBreakdown energy = model.breakdown(workload);
    Joules twin = model.energy(workload.twin(), 1).total();
    Joules left = twin.plus(energy.at(1).total().times(-1));
    if (left.compareTo(Joules.ZERO) < 0) {
      return new Range.Never<>();
    }
    Joules sample = energy.perSample().total();
    if (sample.equals(Joules.ZERO)) {
      return new Range.Always<>();
    }
    // Shared words cost something more, so that T is at most this, and is found below it.
    long most = 1 + (long) Math.min(left.dividedBy(sample), Integer.MAX_VALUE / 2.0);
    long least = 1;
    while (least < most) {
      long middle = (least + most + 1) / 2;
      if (energy.at(Math.toIntExact(middle)).total().compareTo(twin) <= 0) {
        least = middle;
      } else {
        most = middle - 1;
      }
    }
    return new Range.UpTo<>(Math.toIntExact(least));
  }

  /// The energies of a bit of the weights' memory, e_wM, at T samples. Where both read as many bits
  /// of it the memory decides nothing, and the answer is always or never.
  public Range<Joules> weightMemory(int samples) {
    Work own = workload.work(model.convention(), samples);
    Work twin = workload.twin().work(model.convention(), 1);
    Joules more = withoutMemory(own).plus(withoutMemory(twin).times(-1));
    double fewer = memoryBits(twin) - memoryBits(own);
    int sign = more.compareTo(Joules.ZERO);
    if (fewer == 0 || (fewer > 0 && sign <= 0)) {
      return sign <= 0 ? new Range.Always<>() : new Range.Never<>();
    }
    Joules even = more.times(1 / fewer);
    if (fewer > 0) {
      return new Range.From<>(even);
    }
    return sign <= 0 ? new Range.UpTo<>(even) : new Range.Never<>();
  }

  /// The e_wM at which reading the weights takes half of the energy of T samples, all else being as
  /// it is. Far above it samples cost next to nothing; far below it each costs its share.
  public Joules weightsTakeHalf(int samples) {
    Work work = workload.work(model.convention(), samples);
    EnergyTerms energy = model.price(work);
    return energy
        .total()
        .plus(energy.weights().times(-1))
        .times(1 / work.count(Operation.WEIGHT_BIT));
  }

  private Joules withoutMemory(Work work) {
    Technology free = model.technology().withWeightMemory(Joules.ZERO);
    return new EnergyModel(free, model.convention()).price(work).total();
  }

  /// How often e_wM is paid. Keys and values without a memory of their own lie there, too.
  private double memoryBits(Work work) {
    double activations =
        switch (model.convention().memory()) {
          case CHIP -> 0;
          case WEIGHTS -> work.count(Operation.ACTIVATION_BIT);
        };
    boolean apart = model.technology().constants().containsKey(Operation.CACHE_BIT);
    double cache = apart ? 0 : work.count(Operation.CACHE_BIT);
    return work.count(Operation.WEIGHT_BIT) + activations + cache;
  }
}
