/// Engines timed and metered in turns.
module org.pdnn.benchmarks {
  requires java.management;
  requires static org.jspecify;
  requires org.pdnn.convert;
  requires org.pdnn.training;
  requires transitive org.pdnn.core;

  exports org.pdnn.benchmark;
  exports org.pdnn.power;
}
