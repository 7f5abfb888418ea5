package org.pdnn.generation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.pdnn.files.Sha256;
import org.pdnn.network.Shape;
import org.pdnn.onnx.runtime.OnnxImageModel;

/// Features of the Inception network that FID is defined by, brought by the user as ONNX: 2048
/// numbers per image. Images are resized bilinearly to what the model reads.
///
/// [KnownScore] tells whether the model, its range of pixels and the resizing are those of a
/// reference implementation.
public final class InceptionFeatures implements FeatureExtractor {
  /// Features after Inception's last pool.
  public static final int FEATURES = 2048;

  private final OnnxImageModel model;
  private final Shape images;
  private final PixelRange range;
  private final String sha256;

  /// @param file an `.onnx` model from images to 2048 numbers
  /// @param hash the SHA-256 that the file must have, if the user knows it
  /// @param images the shape of the images
  /// @param range what the model takes for black and white
  /// @throws IOException in one sentence, if the file cannot be read or is another
  /// @throws IllegalArgumentException in one sentence, if it is no such model
  public InceptionFeatures(
      Path file, Optional<String> hash, Shape images, PixelRange range, int threads)
      throws IOException {
    this.sha256 = Sha256.of(file);
    if (hash.isPresent() && !hash.get().strip().toLowerCase(Locale.ROOT).equals(sha256)) {
      throw new IOException(
          "%s has the SHA-256 %s, not %s; it is another model"
              .formatted(file, sha256, hash.get().strip()));
    }
    this.images = images;
    this.range = range;
    this.model = new OnnxImageModel(file, threads);
    try {
      requireFit(file);
    } catch (IllegalArgumentException e) {
      model.close();
      throw e;
    }
  }

  private void requireFit(Path file) {
    int channels = model.shape().dimension(0);
    if (images.dimension(0) != channels && images.dimension(0) != 1) {
      throw new IllegalArgumentException(
          "%s reads %s channels, the images have %s"
              .formatted(file, channels, images.dimension(0)));
    }
    int found = of(new float[][] {new float[images.size()]})[0].length;
    if (found != FEATURES) {
      throw new IllegalArgumentException(
          "%s gives %s numbers per image, but Inception's last pool has %s; export the model up to there"
              .formatted(file, found, FEATURES));
    }
  }

  @Override
  public String distance() {
    return "FID";
  }

  @Override
  public int size() {
    return FEATURES;
  }

  /// The hash of the model's file, in hexadecimal.
  public String sha256() {
    return sha256;
  }

  @Override
  public float[][] of(float[][] batch) {
    return model.run(Arrays.stream(batch).map(this::prepared).toArray(float[][]::new));
  }

  private float[] prepared(float[] image) {
    float[] resized = Bilinear.resize(image, images, model.shape());
    for (int i = 0; i < resized.length; i++) {
      resized[i] = range.of(resized[i]);
    }
    return resized;
  }

  @Override
  public void close() {
    model.close();
  }
}
