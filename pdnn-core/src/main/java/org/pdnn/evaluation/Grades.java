package org.pdnn.evaluation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.pdnn.files.JsonFields;

/// Which inputs were classified correctly, and what guessing would have come to: what a result is
/// compared with others by.
///
/// @param mostFrequent share of the inputs that are of the most frequent class, above 0 and at most
///   1
public record Grades(Correctness correctness, double mostFrequent) {
  private static final int MOST_INPUTS = 1 << 24;
  private static final long MOST_BYTES = 1L << 28;

  /// One for all: its 256 KiB take longer to allocate than a point takes to compress.
  private static final Deflater DEFLATER = new Deflater(Deflater.BEST_COMPRESSION);

  public Grades {
    if (!(mostFrequent > 0 && mostFrequent <= 1)) {
      throw new IllegalArgumentException(
          "the share of the most frequent class must be above 0 and at most 1, got "
              + mostFrequent);
    }
  }

  /// `{"inputs":..., "seeds":..., "mostFrequent":..., "right":...}`, the last one bit for each
  /// input, the lowest of a byte first, padded to a byte, by noise seed; deflated (RFC 1950), in
  /// base 64.
  @JsonValue
  public ObjectNode toJson() {
    int inputs = correctness.inputs();
    byte[] rows = new byte[correctness.seeds() * Math.ceilDiv(inputs, Byte.SIZE)];
    int at = 0;
    for (BitSet right : correctness.bySeed()) {
      byte[] row = right.toByteArray();
      System.arraycopy(row, 0, rows, at, row.length);
      at += Math.ceilDiv(inputs, Byte.SIZE);
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("inputs", inputs)
        .put("seeds", correctness.seeds())
        .put("mostFrequent", mostFrequent)
        .put("right", Base64.getEncoder().encodeToString(deflated(rows)));
  }

  /// Reads what [#toJson] wrote.
  ///
  /// @throws IllegalArgumentException naming the key that is missing or wrong
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Grades fromJson(JsonNode json) {
    int inputs = JsonFields.integer(json, "inputs");
    int seeds = JsonFields.integer(json, "seeds");
    int row = Math.ceilDiv(inputs, Byte.SIZE);
    if (inputs < 1 || inputs > MOST_INPUTS || seeds < 1 || seeds > Evaluation.MOST_SEEDS) {
      throw new IllegalArgumentException(
          "'grades' has counts that cannot be: %s inputs, %s seeds".formatted(inputs, seeds));
    }
    if ((long) row * seeds > MOST_BYTES) {
      throw new IllegalArgumentException("'grades' is larger than any result");
    }
    byte[] rows = inflated(JsonFields.text(json, "right"), row * seeds);
    List<BitSet> bySeed = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      bySeed.add(BitSet.valueOf(Arrays.copyOfRange(rows, seed * row, (seed + 1) * row)));
    }
    return new Grades(new Correctness(inputs, bySeed), JsonFields.number(json, "mostFrequent"));
  }

  private static byte[] deflated(byte[] bytes) {
    synchronized (DEFLATER) {
      DEFLATER.reset();
      DEFLATER.setInput(bytes);
      DEFLATER.finish();
      // Deflate adds at most five bytes to each block of 16 KiB, and a few in all.
      byte[] out = new byte[bytes.length + bytes.length / 1000 + 64];
      return Arrays.copyOf(out, DEFLATER.deflate(out));
    }
  }

  private static byte[] inflated(String base64, int length) {
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(Base64.getDecoder().decode(base64));
      byte[] out = new byte[length];
      if (inflater.inflate(out) == length && inflater.inflate(new byte[1]) == 0) {
        return out;
      }
    } catch (DataFormatException | IllegalArgumentException e) {
      throw new IllegalArgumentException("'right' of the grades is damaged", e);
    }
    throw new IllegalArgumentException("'right' of the grades has not the length that it says");
  }
}
