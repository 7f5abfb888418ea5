package org.pdnn.reproduction;

import org.pdnn.data.Images;

/// The images that a network has not seen, parted: some to choose by, the others to measure on.
///
/// @param validation images that choices are made by: the first fifth
/// @param test images that only measure: the others
record HeldOut(Images validation, Images test) {
  private static final int PARTS = 5;

  static HeldOut of(Images unseen) {
    int chosen = Math.max(1, unseen.count() / PARTS);
    return new HeldOut(unseen.slice(0, chosen), unseen.slice(chosen, unseen.count()));
  }
}
