package org.pdnn.onnx;

import ai.onnx.proto.OnnxMl.FunctionProto;
import java.util.List;
import org.pdnn.integer.Probability;

/// The operators of our own in a [SampledGraph]: a sum and product rounded once, and what p-bits
/// make of a pre-activation.
final class SampledFunctions {
  /// a b + c in 32 bits, rounded once, as `Math.fma`.
  static final String FUSED = "FusedMultiplyAdd";

  /// P(down) of a p-bit whose mean is a sigmoid, [Probability#down].
  static final String DOWN = "Down";

  /// P(down) of a p-bit whose mean is a clipped pre-activation, [Probability#downClip].
  static final String DOWN_CLIP = "DownClip";

  private SampledFunctions() {}

  /// The product is exact in 64 bits. The sum s is rounded there, and once more to f in 32 bits;
  /// that is wrong only where s lies halfway between f and another 32-bit number g, and the rest
  /// that s left off says that the sum was nearer to one of them. The rest is exact (D. E. Knuth,
  /// The Art of Computer Programming 2, section 4.2.2, theorem B). Halfway or equal to f is s if g
  /// = f + 2 (s - f) is a 32-bit number.
  static FunctionProto fused() {
    OnnxFunction made = new OnnxFunction(FUSED, List.of("a", "b", "c"));
    String product = made.apply("Mul", made.wide("a"), made.wide("b"));
    String term = made.wide("c");
    String sum = made.apply("Add", product, term);
    String back = made.apply("Sub", sum, product);
    String lostOfProduct = made.apply("Sub", product, made.apply("Sub", sum, back));
    String rest = made.apply("Add", lostOfProduct, made.apply("Sub", term, back));
    String rounded = made.single(sum);
    String near = made.wide(rounded);
    String beyond = made.apply("Sub", sum, near);
    String other = made.apply("Add", near, made.apply("Add", beyond, beyond));
    String otherRounded = made.wide(made.single(other));
    String halfway = made.apply("Equal", otherRounded, other);
    String zero = made.wide(made.number(0));
    String upper = made.apply("Max", near, other);
    String lower = made.apply("Min", near, other);
    String below = made.apply("Where", made.apply("Less", rest, zero), lower, near);
    String nearest = made.apply("Where", made.apply("Greater", rest, zero), upper, below);
    return made.returning(made.single(made.apply("Where", halfway, nearest, near)));
  }

  /// The cubic of the nearest integer, by its last five bits.
  static FunctionProto down() {
    OnnxFunction made = new OnnxFunction(DOWN, List.of("preActivation"));
    String clamped =
        made.apply(
            "Clip",
            "preActivation",
            made.number(-Probability.BOUND),
            made.number(Probability.BOUND));
    String integer = made.apply("Round", clamped);
    String rest = made.apply("Sub", clamped, integer);
    String segment = made.apply("Mod", made.index(integer), made.integer(Probability.SEGMENTS));
    String value = coefficient(made, 3, segment);
    for (int power = 2; power >= 0; power--) {
      value = made.applyOwn(FUSED, value, rest, coefficient(made, power, segment));
    }
    return made.returning(value);
  }

  private static String coefficient(OnnxFunction made, int power, String segment) {
    return made.apply("Gather", made.table(Probability.coefficients(power)), segment);
  }

  static FunctionProto downClip() {
    OnnxFunction made = new OnnxFunction(DOWN_CLIP, List.of("preActivation"));
    String clipped = made.apply("Clip", "preActivation", made.number(0), made.number(1));
    return made.returning(made.apply("Sub", made.number(1), clipped));
  }
}
