package org.pdnn.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.pdnn.data.ImageFolder.Entry;

/// Which images of a folder without a split are for test: in each class those whose file has a
/// SHA-256 in the lowest sixth.
///
/// So an image's part does not depend on its name nor on other images, and copies of one image fall
/// on the same side. Only where that would leave a class of two or more without training or without
/// test images does the lowest of them test, or the highest train. A class of one image is trained
/// on.
final class HoldOut {
  private static final int TEST_ONE_IN = 6;

  /// What a set's note says about it.
  static final String NOTE =
      "About one image in %s of each class, chosen by the SHA-256 of its file, is held out for test."
          .formatted(TEST_ONE_IN);

  private HoldOut() {}

  /// Whether each entry is for test.
  ///
  /// @param digests the first 64 bits of the SHA-256 of each entry's file
  static boolean[] test(List<Entry> entries, long[] digests, int classes) {
    boolean[] test = new boolean[entries.size()];
    Comparator<Integer> byDigest = (a, b) -> Long.compareUnsigned(digests[a], digests[b]);
    long bound = Long.divideUnsigned(-1L, TEST_ONE_IN);
    List<List<Integer>> members = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      members.add(new ArrayList<>());
    }
    for (int i = 0; i < test.length; i++) {
      switch (entries.get(i).part()) {
        case TEST -> test[i] = true;
        case EITHER -> {
          test[i] = Long.compareUnsigned(digests[i], bound) <= 0;
          members.get(entries.get(i).label()).add(i);
        }
        case TRAINING, VALIDATION -> {}
      }
    }
    for (List<Integer> images : members) {
      long held = images.stream().filter(i -> test[i]).count();
      if (held == 0 && images.size() > 1) {
        test[images.stream().min(byDigest).orElseThrow()] = true;
      } else if (held == images.size() && held > 0) {
        test[images.stream().max(byDigest).orElseThrow()] = false;
      }
    }
    return test;
  }
}
