package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pdnn.generation.FeatureExtractor;
import org.pdnn.generation.InceptionFeatures;
import org.pdnn.generation.KnownScore;
import org.pdnn.generation.PixelRange;
import org.pdnn.generation.Vgg5Features;
import org.pdnn.network.Shape;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;

/// Where the features come from that images are compared by.
public sealed interface FeatureSource {
  /// What the distance is called, `FID` or `FD-VGG5`.
  String distance();

  ObjectNode recipe();

  List<Cell<?>> needs();

  /// The extractor; the caller closes it.
  ///
  /// @param images the shape of the images
  FeatureExtractor open(Shape images, Context context) throws IOException;

  /// Is asked once, before anything is measured.
  default void check(FeatureExtractor extractor) {}

  /// Multiply-accumulates an image, about.
  double macs();

  /// A classifier of our own.
  record Vgg5(TrainedNetwork network) implements FeatureSource {
    @Override
    public String distance() {
      return "FD-VGG5";
    }

    @Override
    public ObjectNode recipe() {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("layer", "last hidden");
      json.set("network", network.recipe());
      return json;
    }

    @Override
    public List<Cell<?>> needs() {
      return List.of(network);
    }

    @Override
    public FeatureExtractor open(Shape images, Context context) throws IOException {
      return new Vgg5Features(network.network(context), images);
    }

    @Override
    public double macs() {
      return Macs.of(network.architecture());
    }
  }

  /// The Inception network of FID, in the user's file.
  ///
  /// @param hash SHA-256 of the file
  /// @param known two sets and the score of a reference implementation, if the user has them
  record Inception(Path file, String hash, PixelRange range, Optional<KnownScore> known)
      implements FeatureSource {
    /// Multiply-accumulates of an image of 299x299.
    private static final double MACS = 5.7e9;

    @Override
    public String distance() {
      return "FID";
    }

    @Override
    public ObjectNode recipe() {
      ObjectNode json =
          JsonNodeFactory.instance
              .objectNode()
              .put("inceptionSha256", hash)
              .put("range", range.toString());
      // A score that is brought later is checked: the features count as not computed yet.
      known.ifPresent(score ->
          json.putObject("knownScore")
              .put("score", score.score())
              .put("oneSha256", score.one().training().sha256())
              .put("otherSha256", score.other().training().sha256()));
      return json;
    }

    @Override
    public List<Cell<?>> needs() {
      return List.of();
    }

    @Override
    public FeatureExtractor open(Shape images, Context context) throws IOException {
      return new InceptionFeatures(file, Optional.of(hash), images, range, 1);
    }

    @Override
    public void check(FeatureExtractor extractor) {
      known.ifPresent(score -> score.check(extractor));
    }

    @Override
    public double macs() {
      return MACS;
    }
  }
}
