package org.pdnn.ising.learning;

import org.pdnn.data.Images;
import org.pdnn.random.RandomWords;

/// What a machine learns from: for each example the means of its visible bits, by which they are
/// drawn, as pixels usually are (R. Salakhutdinov, I. Murray, ICML 2008).
public interface Examples {
  /// Number of examples.
  int count();

  /// Number of visible bits.
  int visible();

  /// Reads the means of an example.
  ///
  /// @param means one for each visible bit, 0 to 1
  void read(int index, float[] means);

  /// The bits of each, drawn once by their means.
  ///
  /// @param words that of a bit has the address of its example
  default Examples drawn(RandomWords words) {
    Examples means = this;
    return new Examples() {
      @Override
      public int count() {
        return means.count();
      }

      @Override
      public int visible() {
        return means.visible();
      }

      @Override
      public void read(int index, float[] bits) {
        means.read(index, bits);
        int[] drawn = new int[bits.length];
        words.fill(index, 0, 0, drawn);
        for (int unit = 0; unit < bits.length; unit++) {
          bits[unit] = RandomWords.uniform(drawn[unit]) < bits[unit] ? 1 : 0;
        }
      }
    };
  }

  /// States as they are: bits of 0 or 1, or means.
  ///
  /// @param states at least one, all of one length
  static Examples of(float[]... states) {
    return new Examples() {
      @Override
      public int count() {
        return states.length;
      }

      @Override
      public int visible() {
        return states[0].length;
      }

      @Override
      public void read(int index, float[] means) {
        System.arraycopy(states[index], 0, means, 0, means.length);
      }
    };
  }

  /// Images: a pixel is the mean of its bit.
  ///
  /// @param labelled whether a label for each class follows the pixels, 1 for the image's own
  static Examples of(Images images, boolean labelled) {
    int pixels = images.shape().size();
    return new Examples() {
      @Override
      public int count() {
        return images.count();
      }

      @Override
      public int visible() {
        return pixels + (labelled ? images.classes() : 0);
      }

      @Override
      public void read(int index, float[] means) {
        images.read(index, means, 0);
        for (int label = pixels; label < means.length; label++) {
          means[label] = label - pixels == images.label(index) ? 1 : 0;
        }
      }
    };
  }
}
