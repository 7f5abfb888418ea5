package org.pdnn.experiment;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.pdnn.evaluation.Averages;
import org.pdnn.evaluation.Correctness;
import org.pdnn.files.AtomicFile;

/// Which inputs were classified correctly, on disk: three counts (points, seeds, inputs), then a
/// bit an input, padded to a byte, by point and seed.
final class Answers {
  private static final int MOST_INPUTS = 1 << 24;
  private static final int MOST_ROWS = 1 << 16;

  private Answers() {}

  static void write(Path file, Averages averages) throws IOException {
    int inputs = averages.correctness(0).inputs();
    AtomicFile.write(
        file,
        stream -> {
          DataOutputStream out = new DataOutputStream(stream);
          out.writeInt(averages.points());
          out.writeInt(averages.seeds());
          out.writeInt(inputs);
          for (int point = 0; point < averages.points(); point++) {
            for (BitSet right : averages.correctness(point).bySeed()) {
              byte[] row = new byte[Math.ceilDiv(inputs, Byte.SIZE)];
              byte[] bits = right.toByteArray();
              System.arraycopy(bits, 0, row, 0, bits.length);
              out.write(row);
            }
          }
        });
  }

  /// @throws IOException if the file is damaged
  static Correctness read(Path file, int point) throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      int points = in.readInt();
      int seeds = in.readInt();
      int inputs = in.readInt();
      boolean sound =
          points > point
              && seeds >= 1
              && (long) points * seeds <= MOST_ROWS
              && inputs >= 1
              && inputs <= MOST_INPUTS;
      if (!sound) {
        throw new IOException("its counts cannot be");
      }
      int bytes = Math.ceilDiv(inputs, Byte.SIZE);
      in.skipNBytes((long) point * seeds * bytes);
      List<BitSet> rows = new ArrayList<>();
      for (int seed = 0; seed < seeds; seed++) {
        byte[] row = new byte[bytes];
        in.readFully(row);
        rows.add(BitSet.valueOf(row));
      }
      return new Correctness(inputs, rows);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(file + " is damaged; remove its folder and run again", e);
    }
  }
}
