package org.pdnn.data;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/// A file that others publish, known by its checksum.
///
/// @param set folder of the file below the data folder and below a mirror, such as `mnist`
/// @param name file name
/// @param size bytes
/// @param sha256 64 lower-case hexadecimal digits
/// @param folders where it is published: addresses that end with `/`, to which `name` is appended
record PublishedFile(String set, String name, long size, String sha256, List<URI> folders) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private static final List<URI> MNIST =
      List.of(
          URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
          URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"));

  PublishedFile {
    folders = List.copyOf(folders);
    if (size < 1 || !SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "size must be at least 1 and sha256 64 hexadecimal digits, got %s and '%s'"
              .formatted(size, sha256));
    }
  }

  /// The four files of MNIST.
  static List<PublishedFile> mnist() {
    return List.of(
        mnist(
            "train-images-idx3-ubyte.gz",
            9_912_422,
            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
        mnist(
            "train-labels-idx1-ubyte.gz",
            28_881,
            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
        mnist(
            "t10k-images-idx3-ubyte.gz",
            1_648_877,
            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
        mnist(
            "t10k-labels-idx1-ubyte.gz",
            4_542,
            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"));
  }

  private static PublishedFile mnist(String name, long size, String sha256) {
    return new PublishedFile("mnist", name, size, sha256, MNIST);
  }

  /// The archive of CIFAR-10's binary version.
  static PublishedFile cifar10() {
    return new PublishedFile(
        "cifar10",
        Cifar.ARCHIVE,
        170_052_171,
        "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
        List.of(URI.create("https://www.cs.toronto.edu/~kriz/")));
  }
}
