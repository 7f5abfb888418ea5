package org.pdnn.onednn;

/// The instructions that sums are computed by.
enum Instructions {
  AMX(0xfef, "avx512_core_amx"),
  AVX512_VNNI(0x67, "avx512_core_vnni"),
  AVX512(0x27, "avx512_core"),
  AVX2_VNNI(0xf, "avx2_vnni"),
  AVX2(0x7, "avx2"),
  SSE41(0x1, "sse41"),
  /// Of another architecture.
  OTHER(0, "default");

  /// As in `dnnl_cpu_isa_t`: what it has, in bits.
  private final int bits;

  private final String label;

  Instructions(int bits, String label) {
    this.bits = bits;
    this.label = label;
  }

  /// The best that the library uses.
  static Instructions of(int effective) {
    for (Instructions each : values()) {
      if ((effective & each.bits) == each.bits) {
        return each;
      }
    }
    return OTHER;
  }

  /// As `ONEDNN_MAX_CPU_ISA` names them, in lower case.
  String label() {
    return label;
  }

  /// Whether sums of such codes and weights are exact: without VNNI, two products are added in 16
  /// bits, which saturate.
  ///
  /// @param most the greatest code
  boolean exact(int most, byte[] weights) {
    return switch (this) {
      case AMX, AVX512_VNNI, AVX2_VNNI, OTHER -> true;
      case AVX512, AVX2, SSE41 -> 2 * most * largest(weights) <= Short.MAX_VALUE;
    };
  }

  private static int largest(byte[] weights) {
    int largest = 0;
    for (byte weight : weights) {
      largest = Math.max(largest, Math.abs(weight));
    }
    return largest;
  }
}
