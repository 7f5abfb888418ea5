package org.pdnn.generation;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.data.Images;

/// What images are compared by: a few numbers of each. Used by one thread.
public interface FeatureExtractor extends AutoCloseable {
  /// Images that are read together.
  int TOGETHER = 64;

  /// What the Fréchet distance of these features is called, `FID` or `FD-VGG5`.
  String distance();

  /// Number of features of an image.
  int size();

  /// The features of some images.
  ///
  /// @param images row-major, 0 to 1
  /// @return one row per image
  float[][] of(float[][] images);

  /// The features of all images of a set, one row per image.
  default List<float[]> features(Images images) {
    List<float[]> features = new ArrayList<>();
    for (int from = 0; from < images.count(); from += TOGETHER) {
      float[][] block = new float[Math.min(TOGETHER, images.count() - from)][];
      for (int i = 0; i < block.length; i++) {
        block[i] = new float[images.shape().size()];
        images.read(from + i, block[i], 0);
      }
      features.addAll(List.of(of(block)));
    }
    return features;
  }

  /// Frees what it holds.
  @Override
  void close();
}
