package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pdnn.data.Images;
import org.pdnn.files.AtomicFile;
import org.pdnn.generation.FeatureExtractor;
import org.pdnn.generation.FrechetDistance;
import org.pdnn.generation.GaussianStatistics;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Desk;

/// The features of real images, which generated ones are compared with, and how far as many other
/// real images as an evaluation generates are from them: what no generator should be below.
///
/// @param images the reference
/// @param others real images that are not among the reference
/// @param together images of a set that is compared
public record RealFeatures(FeatureSource source, Images images, Images others, int together)
    implements Cell {
  private static final int MOST = 1 << 28;

  @Override
  public String title() {
    return "features of %d real images".formatted(images.count());
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json =
        Recipe.of("real-features", images)
            .put("distance", source.distance())
            .put("othersSha256", others.sha256())
            .put("together", together);
    json.set("features", source.recipe());
    return json;
  }

  @Override
  public double work() {
    return source.macs() * (images.count() + others.count()) / Macs.A_SECOND;
  }

  @Override
  public List<Cell> needs() {
    return source.needs();
  }

  @Override
  public ObjectNode compute(Desk desk) throws IOException {
    try (FeatureExtractor extractor = source.open(images.shape(), desk)) {
      source.check(extractor);
      List<float[]> features = extractor.features(images);
      write(features, file(desk.folder()));
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("distance", extractor.distance())
          .put("features", extractor.size())
          .put("images", images.count());
      GaussianStatistics reference = GaussianStatistics.of(features);
      for (int from = 0; from + together <= others.count(); from += together) {
        GaussianStatistics other =
            GaussianStatistics.of(extractor.features(others.slice(from, from + together)));
        json.withArray("real").add(FrechetDistance.between(reference, other));
      }
      return json;
    }
  }

  private static Path file(Path folder) {
    return folder.resolve("features.bin");
  }

  private static void write(List<float[]> features, Path file) throws IOException {
    AtomicFile.write(
        file,
        stream -> {
          DataOutputStream out = new DataOutputStream(stream);
          out.writeInt(features.size());
          out.writeInt(features.getFirst().length);
          for (float[] row : features) {
            for (float value : row) {
              out.writeFloat(value);
            }
          }
        });
  }

  /// The extractor, for a cell that needs this one; it was checked already.
  FeatureExtractor open(Desk desk) throws IOException {
    return source.open(images.shape(), desk);
  }

  /// The Gaussian of the real images, for a cell that needs this one.
  GaussianStatistics statistics(Desk desk) throws IOException {
    Path file = file(desk.folder(this));
    try (InputStream stream = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(new BufferedInputStream(stream))) {
      int count = in.readInt();
      int size = in.readInt();
      if (count < 2 || size < 1 || (long) count * size > MOST) {
        throw new IOException(file + " is damaged; remove its folder and run again");
      }
      List<float[]> features = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        float[] row = new float[size];
        for (int f = 0; f < size; f++) {
          row[f] = in.readFloat();
        }
        features.add(row);
      }
      return GaussianStatistics.of(features);
    }
  }
}
