/// Sample-aware training, with libtorch.
@SuppressWarnings("module") // rooms above
module org.pdnn.training {
  requires static org.jspecify;
  requires org.bytedeco.pytorch;
  requires transitive org.pdnn.core;

  exports org.pdnn.training;

  // The door to libtorch, for the house alone.
  exports org.pdnn.training.torch to
      org.pdnn.benchmarks,
      org.pdnn.cli,
      org.pdnn.generation,
      org.pdnn.reproduction;
}
