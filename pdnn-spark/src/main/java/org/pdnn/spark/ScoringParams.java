package org.pdnn.spark;

import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.IntegerSampler;

/// The parameters of [PdnnModel], as Spark knows them: by the methods that return them.
public abstract class ScoringParams extends Transformer {
  private static final long serialVersionUID = 1;

  /// Passes that rows may have together, a bound on the memory of a task.
  private static final int MOST_PASSES = 1 << 16;

  private final String uid;
  private final Param<String> featuresCol;
  private final Param<String> keyCol;
  private final Param<String> rawPredictionCol;
  private final Param<String> probabilityCol;
  private final Param<String> predictionCol;
  private final Param<String> samplesCol;
  private final Param<String> joulesCol;
  private final Param<String> faultCol;
  private final IntParam samples;
  private final Param<String> scheme;
  private final LongParam seed;
  private final Param<String> weights;
  private final DoubleParam untilConfident;
  private final IntParam miniBatchSize;
  private final BooleanParam resize;
  private final Param<String> handleInvalid;
  private final Param<String> technology;
  private final Param<String> modelSha256;

  ScoringParams(String uid) {
    this.uid = uid;
    this.featuresCol =
        text("featuresCol", "vectors, arrays of numbers, or pictures' files", "features");
    this.keyCol = text("keyCol", "key that addresses a row's random words; empty: its values", "");
    this.rawPredictionCol = text("rawPredictionCol", "mean logits by class", "rawPrediction");
    this.probabilityCol = text("probabilityCol", "softmax of the mean logits", "probability");
    this.predictionCol = text("predictionCol", "the class, from 0", "prediction");
    this.samplesCol = text("samplesCol", "T, the passes that were averaged", "samples");
    this.joulesCol = text("joulesCol", "predicted joules of the passes; empty: none", "");
    this.faultCol = text("faultCol", "why a row could not be scored, if kept", "fault");
    this.samples = new IntParam(this, "samples", "T, the passes of a row; the most if it may stop");
    this.scheme = text("scheme", "how passes share randomness", Scheme.SCRAMBLED.toString());
    this.seed = new LongParam(this, "seed", "of the random words");
    this.weights = text("weights", "bits of the hidden layers' weights; 32: as trained", "8");
    this.untilConfident =
        new DoubleParam(this, "untilConfident", "confidence at which a row stops; 0: never");
    this.miniBatchSize =
        new IntParam(this, "miniBatchSize", "rows that go through the network together");
    this.resize = new BooleanParam(this, "resize", "whether pictures of other sizes are scaled");
    this.handleInvalid =
        text("handleInvalid", "rows that cannot be scored: 'error' or 'keep'", "error");
    this.technology = text("technology", "of the predicted joules", "sram65");
    this.modelSha256 = new Param<>(this, "modelSha256", "hash of the model file");
    setDefault(samples, 8);
    setDefault(seed, 1L);
    setDefault(untilConfident, 0.0);
    setDefault(miniBatchSize, IntegerSampler.MOST_INPUTS);
    setDefault(resize, false);
  }

  private Param<String> text(String name, String doc, String usual) {
    Param<String> param = new Param<>(this, name, doc);
    setDefault(param, usual);
    return param;
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> featuresCol() {
    return featuresCol;
  }

  public Param<String> keyCol() {
    return keyCol;
  }

  public Param<String> rawPredictionCol() {
    return rawPredictionCol;
  }

  public Param<String> probabilityCol() {
    return probabilityCol;
  }

  public Param<String> predictionCol() {
    return predictionCol;
  }

  public Param<String> samplesCol() {
    return samplesCol;
  }

  public Param<String> joulesCol() {
    return joulesCol;
  }

  public Param<String> faultCol() {
    return faultCol;
  }

  public IntParam samples() {
    return samples;
  }

  public Param<String> scheme() {
    return scheme;
  }

  public LongParam seed() {
    return seed;
  }

  public Param<String> weights() {
    return weights;
  }

  public DoubleParam untilConfident() {
    return untilConfident;
  }

  public IntParam miniBatchSize() {
    return miniBatchSize;
  }

  public BooleanParam resize() {
    return resize;
  }

  public Param<String> handleInvalid() {
    return handleInvalid;
  }

  public Param<String> technology() {
    return technology;
  }

  public Param<String> modelSha256() {
    return modelSha256;
  }

  /// How rows are scored.
  ///
  /// @throws IllegalArgumentException naming the parameter and what it may be
  final Scoring scoring() {
    return new Scoring(
        (Integer) getOrDefault(samples),
        Scheme.parse(getOrDefault(scheme)),
        (Long) getOrDefault(seed),
        getOrDefault(weights),
        (Double) getOrDefault(untilConfident),
        getOrDefault(technology));
  }

  /// Rows that go through the network together: as many as asked for, if their memory allows.
  ///
  /// @throws IllegalArgumentException if not even one is asked for
  final int rowsAtOnce() {
    int asked = (Integer) getOrDefault(miniBatchSize);
    if (asked < 1) {
      throw new IllegalArgumentException("miniBatchSize must be at least 1, got " + asked);
    }
    return Math.min(asked, Math.max(1, MOST_PASSES / (Integer) getOrDefault(samples)));
  }

  /// Whether rows that cannot be scored are kept.
  final boolean keepsFaulty() {
    String asked = getOrDefault(handleInvalid);
    return switch (asked) {
      case "keep" -> true;
      case "error" -> false;
      case String other ->
          throw new IllegalArgumentException(
              "handleInvalid must be 'error' or 'keep', got '%s'".formatted(other));
    };
  }
}
