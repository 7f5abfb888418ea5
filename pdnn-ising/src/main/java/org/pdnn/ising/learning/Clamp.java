package org.pdnn.ising.learning;

import java.util.function.IntPredicate;
import org.pdnn.names.Limits;

/// Which visible bits of a chain are known: they are drawn by means of their own, not by the
/// machine.
///
/// @param known one for each visible bit
/// @param means 0 to 1; of those that are not known without meaning
public record Clamp(boolean[] known, float[] means) {
  /// No bit is known.
  public static Clamp none(Rbm rbm) {
    return new Clamp(new boolean[rbm.visible()], new float[rbm.visible()]);
  }

  /// The label is known.
  public static Clamp label(Rbm rbm, int label) {
    Limits.between("label", 0, rbm.labels() - 1, label);
    Clamp clamp = none(rbm);
    for (int unit = rbm.pixels(); unit < rbm.visible(); unit++) {
      clamp.known[unit] = true;
    }
    clamp.means[rbm.pixels() + label] = 1;
    return clamp;
  }

  /// Some pixels of an image are known: its upper half, `pixel -> pixel < 392`.
  public static Clamp pixels(Rbm rbm, float[] image, IntPredicate known) {
    Clamp clamp = none(rbm);
    for (int unit = 0; unit < rbm.pixels(); unit++) {
      clamp.known[unit] = known.test(unit);
      clamp.means[unit] = image[unit];
    }
    return clamp;
  }
}
