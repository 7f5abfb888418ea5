package org.pdnn.server;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// Counters of what was answered, in base units, in the text format of Prometheus.
final class Metrics {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /// Upper bounds of the buckets, in seconds.
  private static final double[] BOUNDS = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private static final double NANOS_PER_SECOND = 1e9;

  /// By name and labels.
  private final Map<String, Family> families = new ConcurrentSkipListMap<>();

  private final Map<String, Histogram> durations = new ConcurrentSkipListMap<>();

  private record Family(String help, Map<String, DoubleAdder> byLabels) {}

  private static final class Histogram {
    private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
    private final DoubleAdder sum = new DoubleAdder();

    private Histogram() {
      Arrays.setAll(counts, _ -> new LongAdder());
    }
  }

  /// Adds to a counter.
  ///
  /// @param labels as in `by="deadline"`; names of models and technologies need no escapes
  void add(String name, String help, String labels, double amount) {
    families
        .computeIfAbsent(name, _ -> new Family(help, new ConcurrentSkipListMap<>()))
        .byLabels()
        .computeIfAbsent(labels, _ -> new DoubleAdder())
        .add(amount);
  }

  /// Adds a request.
  void took(String labels, long nanos) {
    double seconds = nanos / NANOS_PER_SECOND;
    Histogram histogram = durations.computeIfAbsent(labels, _ -> new Histogram());
    int bucket = Arrays.binarySearch(BOUNDS, seconds);
    histogram.counts[bucket < 0 ? -bucket - 1 : bucket].increment();
    histogram.sum.add(seconds);
  }

  /// All of them, and the inputs that wait at this moment.
  String text(int waiting) {
    StringBuilder text = new StringBuilder();
    head(text, "pdnn_queue_length", "Inputs that wait for a worker.", "gauge");
    text.append("pdnn_queue_length ").append(waiting).append('\n');
    families.forEach((name, family) -> {
      head(text, name, family.help(), "counter");
      family
          .byLabels()
          .forEach((labels, value) -> line(text, name, labels, String.valueOf(value.sum())));
    });
    String name = "pdnn_request_duration_seconds";
    head(text, name, "From the arrival of a request to the end of its response.", "histogram");
    durations.forEach((labels, histogram) -> {
      long below = 0;
      for (int i = 0; i <= BOUNDS.length; i++) {
        below += histogram.counts[i].sum();
        String bound = i < BOUNDS.length ? String.valueOf(BOUNDS[i]) : "+Inf";
        line(text, name + "_bucket", labels + ",le=\"" + bound + "\"", String.valueOf(below));
      }
      line(text, name + "_sum", labels, String.valueOf(histogram.sum.sum()));
      line(text, name + "_count", labels, String.valueOf(below));
    });
    return text.toString();
  }

  private static void head(StringBuilder text, String name, String help, String type) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder text, String name, String labels, String value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    text.append(' ').append(value).append('\n');
  }
}
