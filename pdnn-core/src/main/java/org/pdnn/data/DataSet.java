package org.pdnn.data;

/// Images to learn from and images to be judged by.
///
/// @param name what the set is called in results
/// @param training the images a network may see
/// @param test the images that only measure; same shape and classes as `training`
/// @param note how the test images were chosen where that differs from the set's publication;
///   otherwise empty
public record DataSet(String name, Images training, Images test, String note) {
  /// @throws IllegalArgumentException if the two parts differ in shape or number of classes
  public DataSet {
    if (!training.shape().equals(test.shape())
        || !training.classNames().equals(test.classNames())) {
      throw new IllegalArgumentException(
          "training and test must have one shape and the same classes, got %s and %s"
              .formatted(training, test));
    }
  }
}
