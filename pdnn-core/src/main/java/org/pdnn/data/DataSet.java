package org.pdnn.data;

/// Images to learn from and images to be judged by.
///
/// @param name what the set is called in results
/// @param training the images a network may see
/// @param test the images that only measure; same shape and classes as `training`
/// @param note how the test images were chosen where that differs from the set's publication;
///   otherwise empty
/// @param heldOut whether the set itself names no test images, so that some were held out here
public record DataSet(String name, Images training, Images test, String note, boolean heldOut) {
  /// @throws IllegalArgumentException if the two parts differ in shape or number of classes
  public DataSet {
    if (!training.shape().equals(test.shape())
        || !training.classNames().equals(test.classNames())) {
      throw new IllegalArgumentException(
          "training and test must have one shape and the same classes, got %s and %s"
              .formatted(training, test));
    }
  }

  /// A set whose training and test images are its own.
  public DataSet(String name, Images training, Images test, String note) {
    this(name, training, test, note, false);
  }

  /// The same set with all images to be judged by: for a network that has learnt from none of them.
  public DataSet allTested() {
    return new DataSet(name, training, test.and(training), note, heldOut);
  }
}
