package org.pdnn.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Averages;
import org.pdnn.evaluation.Curve;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.names.Limits;
import org.pdnn.network.Convolution;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.sampling.Workers;
import org.pdnn.training.torch.BatchSampler;

/// What a network is worth at each number of samples, batch by batch in libtorch: convolutional
/// networks in a tenth of the time that [Evaluation#measure] takes input by input.
///
/// The noise of a batch is libtorch's own, seeded by (noise seed, batch). So the result is a
/// function of evaluation, network and images on one machine, for any number of threads; its noise
/// is not that of addressed words.
public final class BatchEvaluation {
  /// The sampler's name in results.
  public static final String SAMPLER = "libtorch";

  /// More images at once leave the caches.
  private static final int IMAGES = 64;

  private static final int VECTORS = 512;

  private final Evaluation evaluation;
  private final int threads;
  private final IntConsumer progress;

  /// @param threads how many batches are run at once, each by one thread
  /// @param progress receives the number of images done under all noise seeds, from any thread
  public BatchEvaluation(Evaluation evaluation, int threads, IntConsumer progress) {
    Limits.atLeast("threads", 1, threads);
    this.evaluation = evaluation;
    this.threads = threads;
    this.progress = progress;
  }

  /// Runs a network.
  ///
  /// @throws java.util.concurrent.CancellationException if this thread is interrupted
  public Averages averages(Network network, Images images) {
    Limits.atLeast("images", 1, images.count());
    int[] labels = new int[images.count()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = images.label(i);
    }
    Averages averages = new Averages(evaluation, labels, network.output().size(), network.random());
    int size = network.layers().stream().anyMatch(Convolution.class::isInstance) ? IMAGES : VECTORS;
    int batches = Math.ceilDiv(images.count(), size);
    AtomicInteger done = new AtomicInteger();
    List<BatchSampler> samplers = Collections.synchronizedList(new ArrayList<>());
    try {
      Workers.forEach(
          batches,
          threads,
          () -> {
            BatchSampler sampler = new BatchSampler(network, evaluation, 1);
            samplers.add(sampler);
            return b -> {
              int count = Math.min(size, images.count() - b * size);
              run(sampler, averages, Batches.inOrder(images, b * size, count), b, b * size);
              progress.accept(done.addAndGet(count));
            };
          });
    } finally {
      samplers.forEach(BatchSampler::close);
    }
    return averages;
  }

  /// The curve of a network, with its deterministic twin.
  public Curve curve(Network network, Images images) {
    Averages own = averages(network, images);
    Network twin = network.deterministicTwin();
    Averages exact =
        network.random()
            ? new BatchEvaluation(evaluation, threads, count -> {}).averages(twin, images)
            : own;
    return own.curve(exact);
  }

  private void run(BatchSampler sampler, Averages averages, Batch batch, int number, int first) {
    for (int seed = 0; seed < averages.seeds(); seed++) {
      long noise = Philox.seedFor(evaluation.noiseSeed(seed), "batch", number);
      float[][] rows = sampler.averages(batch.pixels(), noise);
      for (int point = 0; point < rows.length; point++) {
        averages.put(point, seed, first, rows[point]);
      }
    }
  }
}
