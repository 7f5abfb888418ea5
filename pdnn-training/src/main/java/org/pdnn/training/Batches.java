package org.pdnn.training;

import org.pdnn.data.Images;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// The batches of a training run, each a pure function of (seed, epoch, position).
final class Batches {
  private final Images images;
  private final int size;
  private final boolean flip;
  private final RandomWords order;
  private final RandomWords flips;

  /// The shuffled order of one epoch, kept until another is asked for.
  private int[] shuffled = {};

  private long shuffledEpoch = -1;

  Batches(Images images, Hyperparameters hyperparameters) {
    this.images = images;
    this.size = hyperparameters.batch();
    this.flip = hyperparameters.horizontalFlip();
    this.order = Philox.forPurpose(hyperparameters.seed(), "shuffle");
    this.flips = Philox.forPurpose(hyperparameters.seed(), "flip");
  }

  /// Steps in an epoch; the last batch may be smaller.
  int perEpoch() {
    return Math.ceilDiv(images.count(), size);
  }

  /// One batch of shuffled and perhaps flipped images.
  ///
  /// @param epoch from 0
  /// @param position of the batch in its epoch
  Batch get(long epoch, int position) {
    if (epoch != shuffledEpoch) {
      shuffled = shuffle(epoch);
      shuffledEpoch = epoch;
    }
    int from = position * size;
    int count = Math.min(size, images.count() - from);
    int pixels = images.shape().size();
    Batch batch = new Batch(new float[count * pixels], new long[count]);
    for (int i = 0; i < count; i++) {
      int image = shuffled[from + i];
      if (flip && flips.word(image, 0, 0, (int) epoch) < 0) {
        images.readMirrored(image, batch.pixels(), i * pixels);
      } else {
        images.read(image, batch.pixels(), i * pixels);
      }
      batch.labels()[i] = images.label(image);
    }
    return batch;
  }

  /// One batch in the order of the set, as it is.
  static Batch inOrder(Images images, int from, int count) {
    int pixels = images.shape().size();
    Batch batch = new Batch(new float[count * pixels], new long[count]);
    for (int i = 0; i < count; i++) {
      images.read(from + i, batch.pixels(), i * pixels);
      batch.labels()[i] = images.label(from + i);
    }
    return batch;
  }

  /// Fisher-Yates: every order is equally likely, up to 2^-32 a place.
  private int[] shuffle(long epoch) {
    int[] result = new int[images.count()];
    for (int i = 0; i < result.length; i++) {
      long word = Integer.toUnsignedLong(order.word(epoch, 0, i, 0));
      int j = (int) ((word * (i + 1)) >>> 32);
      result[i] = result[j];
      result[j] = i;
    }
    return result;
  }
}
