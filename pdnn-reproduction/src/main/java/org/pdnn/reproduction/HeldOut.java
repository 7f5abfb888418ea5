package org.pdnn.reproduction;

import org.pdnn.data.Images;
import org.pdnn.experiment.Budget;

/// The images that a network has not seen, parted: some to choose by, the others to measure on.
///
/// @param validation images that choices are made by: a fifth of every class
/// @param test images that only measure: the others
record HeldOut(Images validation, Images test) {
  private static final int PARTS = 5;

  static HeldOut of(Images unseen) {
    int chosen = Math.max(1, unseen.count() / PARTS);
    Images mixed = unseen.stratified(Budget.IMAGES_SEED);
    return new HeldOut(mixed.first(chosen), mixed.slice(chosen, unseen.count()));
  }
}
