package org.pdnn.experiment;

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
import java.util.concurrent.CancellationException;
import org.pdnn.data.Images;
import org.pdnn.files.AtomicFile;
import org.pdnn.generation.FeatureExtractor;
import org.pdnn.generation.FrechetDistance;
import org.pdnn.generation.GaussianCollector;
import org.pdnn.generation.GaussianStatistics;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;

/// The features of real images, which generated ones are compared with, and how far as many other
/// real images as an evaluation generates are from them: what no generator should be below.
///
/// @param images the reference
/// @param others real images that are not among the reference
/// @param together images of a set that is compared
public record RealFeatures(FeatureSource source, Images images, Images others, int together)
    implements Cell<RealFeatures.Result> {
  public static final Kind<RealFeatures.Result> KIND =
      new Kind<>("real-features", RealFeatures.Result.class);

  /// Features of real images, and how far such sets lie apart.
  ///
  /// @param distance its name
  /// @param features how many an image has
  /// @param images how many the reference has
  /// @param real the distances of the other sets
  public record Result(String distance, int features, int images, List<Double> real) {}

  @Override
  public String title() {
    return "features of %s real images".formatted(images.count());
  }

  @Override
  public Kind<RealFeatures.Result> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json =
        Recipe.of(KIND, images)
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
  public List<Cell<?>> needs() {
    return source.needs();
  }

  @Override
  public RealFeatures.Result compute(Context context) throws IOException {
    try (FeatureExtractor extractor = source.open(images.shape(), context)) {
      source.check(extractor);
      GaussianStatistics reference = reference(extractor, context);
      AtomicFile.write(
          file(context.folder()), stream -> reference.write(new DataOutputStream(stream)));
      List<Double> real = new ArrayList<>();
      for (int from = 0; from + together <= others.count(); from += together) {
        GaussianStatistics other =
            GaussianStatistics.of(extractor.features(others.slice(from, from + together)));
        real.add(FrechetDistance.between(reference, other));
      }
      return new Result(extractor.distance(), extractor.size(), images.count(), real);
    }
  }

  /// Few images give a factor of as many rows; of many, only the covariance is held.
  private GaussianStatistics reference(FeatureExtractor extractor, Context context) {
    if (images.count() < extractor.size()) {
      return GaussianStatistics.of(extractor.features(images));
    }
    GaussianCollector collector = new GaussianCollector(extractor.size());
    for (int from = 0; from < images.count(); from += FeatureExtractor.TOGETHER) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("interrupted");
      }
      int to = Math.min(from + FeatureExtractor.TOGETHER, images.count());
      collector.add(extractor.features(images.slice(from, to)));
      context.progress((double) to / (images.count() + others.count()));
    }
    return collector.statistics();
  }

  private static Path file(Path folder) {
    return folder.resolve("gaussian.bin");
  }

  /// The extractor, for a cell that needs this one; it was checked already.
  FeatureExtractor open(Context context) throws IOException {
    return source.open(images.shape(), context);
  }

  /// The Gaussian of the real images, for a cell that needs this one.
  GaussianStatistics statistics(Context context) throws IOException {
    Path file = file(context.folder(this));
    try (InputStream stream = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(new BufferedInputStream(stream))) {
      return GaussianStatistics.read(in);
    } catch (IOException e) {
      throw new IOException(file + " is damaged; remove its folder and run again", e);
    }
  }
}
