package org.pdnn.spark;

import org.apache.spark.sql.SparkSession;

/// Spark's local mode on the loopback, without its pages.
final class LocalSession {
  private LocalSession() {}

  static SparkSession of(int cores) {
    return SparkSession.builder()
        .master("local[" + cores + "]")
        .config("spark.ui.enabled", false)
        .config("spark.driver.host", "localhost")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate();
  }
}
