package org.pdnn.random;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import org.pdnn.names.Nearest;

/// What is wrong with a source of random words, as a change to a sound one.
///
/// Each keeps the address: the words stay functions of (seed, input, layer, unit, sample). Most say
/// what is wrong with the word of a pass, or from pass to pass, and belong to [Scheme#INDEPENDENT]:
/// another scheme makes the words of all passes from few draws, which washes the fault out
/// ([#requireEffect]). In notation: `none`, `bits:2`, `bias:0.02`, `ar1:0.9`, `shared:8`,
/// `lfsr:16`, `telegraph:0.9`, and `file:BITS` for words that were measured.
public sealed interface Imperfection {
  /// What `parse` knows.
  List<String> NAMES = List.of("none", "bits", "bias", "ar1", "shared", "lfsr", "telegraph");

  /// Before the file of measured bits.
  String FILE = "file:";

  /// The words of a source with this imperfection.
  RandomWords over(RandomWords source);

  /// By noise seed, the words of [Philox] with this imperfection.
  default LongFunction<RandomWords> seeded() {
    return seed -> over(new Philox(seed));
  }

  /// Refuses a run in which this would not have the effect that its name promises.
  ///
  /// @param samples T, the longest
  /// @throws IllegalArgumentException with what to do
  default void requireEffect(Scheme scheme, int samples) {
    switch (this) {
      case None none -> {}
      case Shared shared -> {}
      case Measured(MeasuredBits bits) ->
          require(
              scheme.draws(samples) <= bits.words(),
              ("%s holds fewer words than the %s that a neuron draws for %s passes; measure more"
                      + " bits or run fewer passes")
                  .formatted(bits, scheme.draws(samples), samples));
      case FewBits bits -> requireIndependent(scheme);
      case Bias bias -> requireIndependent(scheme);
      case Correlated correlated -> requireIndependent(scheme);
      case ShiftRegister register -> requireIndependent(scheme);
      case Telegraph telegraph -> requireIndependent(scheme);
    }
  }

  private void requireIndependent(Scheme scheme) {
    require(
        scheme == Scheme.INDEPENDENT,
        ("the imperfection %s is one of the words of single passes, and %s passes share theirs; use"
                + " the scheme independent")
            .formatted(this, scheme));
  }

  /// A sound source.
  record None() implements Imperfection {
    @Override
    public RandomWords over(RandomWords source) {
      return source;
    }

    @Override
    public String toString() {
      return "none";
    }
  }

  /// u takes 2^bits values, the middles of equal steps: (j + 1/2) / 2^bits.
  ///
  /// A p-bit then fires with the multiple of 2^-bits that is nearest to its probability p, an error
  /// of at most half a step, as often up as down. At the lower ends of the steps, j / 2^bits, it
  /// would be p rounded up: half a step too much on average.
  ///
  /// @param bits 1 to 16
  record FewBits(int bits) implements Imperfection {
    public FewBits {
      require(bits >= 1 && bits <= 16, "bits must be 1 to 16, got " + bits);
    }

    @Override
    public RandomWords over(RandomWords source) {
      int kept = -1 << (Integer.SIZE - bits);
      int half = 1 << (Integer.SIZE - bits - 1);
      return new EachWord(source, word -> (word & kept) | half);
    }

    @Override
    public String toString() {
      return "bits:" + bits;
    }
  }

  /// p-bits fire with probability p + offset, at least 0 and at most 1.
  ///
  /// @param offset -0.5 to 0.5
  record Bias(double offset) implements Imperfection {
    public Bias {
      require(Math.abs(offset) <= 0.5, "bias must be -0.5 to 0.5, got " + offset);
    }

    @Override
    public RandomWords over(RandomWords source) {
      long shift = Math.round(offset * 0x1p32);
      long most = (1L << 32) - 1;
      return new EachWord(
          source, word -> (int) Math.clamp(Integer.toUnsignedLong(word) - shift, 0L, most));
    }

    @Override
    public String toString() {
      return "bias:" + offset;
    }
  }

  /// The passes of a neuron are a first-order autoregression under a Gaussian copula: uniform in
  /// each pass, normal scores of adjacent passes correlated.
  ///
  /// @param correlation 0 (independent) to 1 (the same word in every pass)
  record Correlated(double correlation) implements Imperfection {
    public Correlated {
      require(correlation >= 0 && correlation <= 1, "ar1 must be 0 to 1, got " + correlation);
    }

    @Override
    public RandomWords over(RandomWords source) {
      return new CorrelatedWords(source, correlation);
    }

    @Override
    public String toString() {
      return "ar1:" + correlation;
    }
  }

  /// One draw serves so many neighbouring neurons of a layer: unit i has the word of unit i /
  /// units.
  ///
  /// @param units 1 to 2^20
  record Shared(int units) implements Imperfection {
    public Shared {
      require(units >= 1 && units <= 1 << 20, "shared must be 1 to 1048576, got " + units);
    }

    @Override
    public RandomWords over(RandomWords source) {
      return new SharedWords(source, units);
    }

    @Override
    public String toString() {
      return "shared:" + units;
    }
  }

  /// A linear feedback shift register for each neuron, as [Lfsr] says, its first state a word of
  /// the source. In notation `lfsr:16`, or `lfsr:16:1` for one shift from pass to pass.
  ///
  /// @param width bits of the register: 8, 16 or 32
  /// @param shifts from one pass to the next; as many as bits unless the notation says otherwise
  record ShiftRegister(int width, int shifts) implements Imperfection {
    public ShiftRegister {
      require(
          width == 8 || width == 16 || width == 32, "lfsr must be 8, 16 or 32 bits, got " + width);
      require(shifts >= 1 && shifts <= 32, "shifts a pass must be 1 to 32, got " + shifts);
    }

    @Override
    public RandomWords over(RandomWords source) {
      return new Lfsr(width, shifts, source);
    }

    @Override
    public String toString() {
      return "lfsr:" + width + (shifts == width ? "" : ":" + shifts);
    }
  }

  /// The noise of a stochastic magnetic tunnel junction: u_t = u_(t-1) with probability stay =
  /// exp(-dt / tau), else fresh.
  ///
  /// A p-bit of constant probability p that compares such words is a telegraph process exactly: 1
  /// with probability p, and the correlation over k passes is stay^k, that of a junction of two
  /// states with the relaxation time tau that is read every dt (S. Machlup, "Noise in
  /// semiconductors: spectrum of a two-parameter random signal", Journal of Applied Physics 25,
  /// 341, 1954). As a p-bit: K. Y. Camsari, R. Faria, B. M. Sutton, S. Datta, "Stochastic p-bits
  /// for invertible logic", Physical Review X 7, 031014, 2017.
  ///
  /// @param stay 0 (independent) to 1 (never switches)
  record Telegraph(double stay) implements Imperfection {
    public Telegraph {
      require(stay >= 0 && stay <= 1, "telegraph must be 0 to 1, got " + stay);
    }

    @Override
    public RandomWords over(RandomWords source) {
      return new TelegraphWords(source, stay);
    }

    @Override
    public String toString() {
      return "telegraph:" + stay;
    }
  }

  /// Words that a generator gave, in place of the source's: see [MeasuredWords]. In notation
  /// `file:BITS`, a file that [#read] opens.
  record Measured(MeasuredBits bits) implements Imperfection {
    @Override
    public RandomWords over(RandomWords source) {
      return new MeasuredWords(bits, source);
    }

    @Override
    public String toString() {
      return "measured bits " + bits;
    }
  }

  private static void require(boolean sound, String message) {
    if (!sound) {
      throw new IllegalArgumentException(message);
    }
  }

  /// Reads notation, and the file of measured bits that it may name.
  ///
  /// @throws IOException if there is no such file
  /// @throws IllegalArgumentException as [#parse]
  static Imperfection read(String notation) throws IOException {
    return notation.startsWith(FILE)
        ? new Measured(MeasuredBits.read(Path.of(notation.substring(FILE.length()))))
        : parse(notation);
  }

  /// Reads notation, of all but measured bits.
  ///
  /// @throws IllegalArgumentException naming what is not understood and what would be
  static Imperfection parse(String notation) {
    String[] parts = notation.strip().toLowerCase(Locale.ROOT).split(":", -1);
    if (!NAMES.contains(parts[0])) {
      throw new IllegalArgumentException(
          "unknown imperfection '%s'%s; use none, bits:2, bias:0.02, ar1:0.9, shared:8, lfsr:16,"
                  .formatted(parts[0], Nearest.suggestion(parts[0], NAMES))
              + " telegraph:0.9 or file:BITS");
    }
    try {
      return read(parts);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is not an imperfection: its number cannot be read".formatted(notation), e);
    }
  }

  private static Imperfection read(String[] parts) {
    int most = parts[0].equals("none") ? 1 : parts[0].equals("lfsr") ? 3 : 2;
    if (parts.length > most || parts.length < Math.min(2, most)) {
      throw new IllegalArgumentException(
          "'%s' is not an imperfection: %s"
              .formatted(
                  String.join(":", parts),
                  parts.length > most ? "it has too many parts" : "its number is missing"));
    }
    return switch (parts[0]) {
      case "none" -> new None();
      case "bits" -> new FewBits(Integer.parseInt(parts[1]));
      case "bias" -> new Bias(Double.parseDouble(parts[1]));
      case "ar1" -> new Correlated(Double.parseDouble(parts[1]));
      case "shared" -> new Shared(Integer.parseInt(parts[1]));
      case "lfsr" ->
          new ShiftRegister(
              Integer.parseInt(parts[1]), Integer.parseInt(parts[parts.length == 3 ? 2 : 1]));
      default -> new Telegraph(Double.parseDouble(parts[1]));
    };
  }
}
