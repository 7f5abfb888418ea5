package org.pdnn.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.pdnn.data.DataSet;
import org.pdnn.data.Digits;
import org.pdnn.data.Images;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Model;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;

/// Data sets and models that are small enough for tests.
public final class SmallFiles {
  private SmallFiles() {}

  /// A folder of digits in MNIST's format.
  public static Path digits(Path folder, int training, int test) throws IOException {
    DataSet set = Digits.generate(7, training, test);
    Files.createDirectories(folder);
    write(folder, "train", set.training());
    write(folder, "t10k", set.test());
    return folder;
  }

  private static void write(Path folder, String prefix, Images images) throws IOException {
    int size = images.shape().size();
    ByteBuffer pixels = ByteBuffer.allocate(16 + images.count() * size);
    pixels.putInt(2051).putInt(images.count()).putInt(28).putInt(28);
    ByteBuffer labels = ByteBuffer.allocate(8 + images.count());
    labels.putInt(2049).putInt(images.count());
    float[] image = new float[size];
    for (int i = 0; i < images.count(); i++) {
      images.read(i, image, 0);
      for (float pixel : image) {
        pixels.put((byte) Math.round(255 * pixel));
      }
      labels.put((byte) images.label(i));
    }
    Files.write(folder.resolve(prefix + "-images-idx3-ubyte"), pixels.array());
    Files.write(folder.resolve(prefix + "-labels-idx1-ubyte"), labels.array());
  }

  /// A folder of digits as pictures, PART/CLASS/N.png, sorted by class as folders are.
  ///
  /// @param each images of a class in training; a third as many test
  static Path pictures(Path folder, int each) throws IOException {
    DataSet set = Digits.generate(7, 40 * each, 40 * each);
    write(folder.resolve("train"), set.training(), each);
    write(folder.resolve("test"), set.test(), each / 3);
    return folder;
  }

  private static void write(Path folder, Images images, int each) throws IOException {
    int[] written = new int[10];
    float[] image = new float[images.shape().size()];
    for (int i = 0; i < images.count(); i++) {
      int label = images.label(i);
      if (written[label] == each) {
        continue;
      }
      images.read(i, image, 0);
      BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
      for (int p = 0; p < image.length; p++) {
        picture.getRaster().setSample(p % 28, p / 28, 0, Math.round(255 * image[p]));
      }
      Path file = folder.resolve("digit_" + label).resolve(written[label]++ + ".png");
      Files.createDirectories(file.resolveSibling("."));
      ImageIO.write(picture, "png", file.toFile());
    }
  }

  /// An untrained p-DNN.
  public static Path model(Path file, String network, Shape input, int classes) throws IOException {
    new Model(
            InitialWeights.GLOROT.of(
                Preset.network(network, input, classes, Neuron.parse("pbit:sigmoid")), 1),
            Map.of())
        .write(file);
    return file;
  }
}
