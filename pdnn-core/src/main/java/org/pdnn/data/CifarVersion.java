package org.pdnn.data;

import java.util.ArrayList;
import java.util.List;

/// CIFAR-10 or CIFAR-100, as published in binary form.
///
/// @param name what the set is called
/// @param archive the published archive
/// @param folder the folder in it
/// @param training files of training images
/// @param test file of test images
/// @param sign a file that no other set has
/// @param labels bytes of labels before an image, the last of which counts
/// @param most images of the largest file
/// @param classes what the classes are called, by label
record CifarVersion(
    String name,
    String archive,
    String folder,
    List<String> training,
    String test,
    String sign,
    int labels,
    int most,
    List<String> classes) {
  static final CifarVersion TEN =
      new CifarVersion(
          "cifar10",
          "cifar-10-binary.tar.gz",
          "cifar-10-batches-bin",
          List.of(
              "data_batch_1.bin",
              "data_batch_2.bin",
              "data_batch_3.bin",
              "data_batch_4.bin",
              "data_batch_5.bin"),
          "test_batch.bin",
          "data_batch_1.bin",
          1,
          10_000,
          words("airplane automobile bird cat deer dog frog horse ship truck"));

  static final CifarVersion HUNDRED =
      new CifarVersion(
          "cifar100",
          "cifar-100-binary.tar.gz",
          "cifar-100-binary",
          List.of("train.bin"),
          "test.bin",
          "fine_label_names.txt",
          2,
          50_000,
          words(
              """
              apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge \
              bus butterfly camel can castle caterpillar cattle chair chimpanzee clock cloud \
              cockroach couch crab crocodile cup dinosaur dolphin elephant flatfish forest fox \
              girl hamster house kangaroo keyboard lamp lawn_mower leopard lion lizard lobster \
              man maple_tree motorcycle mountain mouse mushroom oak_tree orange orchid otter \
              palm_tree pear pickup_truck pine_tree plain plate poppy porcupine possum rabbit \
              raccoon ray road rocket rose sea seal shark shrew skunk skyscraper snail snake \
              spider squirrel streetcar sunflower sweet_pepper table tank telephone television \
              tiger tractor train trout tulip turtle wardrobe whale willow_tree wolf woman worm\
              """));

  static final List<CifarVersion> ALL = List.of(TEN, HUNDRED);

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }

  /// All files that are read.
  List<String> files() {
    List<String> files = new ArrayList<>(training);
    files.add(test);
    return files;
  }

  /// Bytes of an image with its labels.
  int record() {
    return labels + 3 * 32 * 32;
  }

  /// Bytes of the largest file.
  int mostBytes() {
    return most * record();
  }
}
