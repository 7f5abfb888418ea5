/// Probabilistic deep neural networks as data: sampled, measured and priced. Without a library of
/// native code.
///
/// The engine is fast with the JDK's vector module: start Java with `--add-modules
/// jdk.incubator.vector`. It is optional, as incubating modules greet with a warning whoever
/// resolves them; without it the same bits come slower.
@SuppressWarnings({"module", "requires-automatic"}) // rooms above; a library without module-info
module org.pdnn.core {
  requires static jdk.incubator.vector;
  requires static org.jspecify;
  requires transitive com.fasterxml.jackson.databind;
  requires com.twelvemonkeys.imageio.webp;
  requires java.desktop;
  requires java.net.http;
  requires org.apache.commons.compress;

  exports org.pdnn.data;
  exports org.pdnn.energy;
  exports org.pdnn.energy.language;
  exports org.pdnn.evaluation;
  exports org.pdnn.integer;
  exports org.pdnn.network;
  exports org.pdnn.random;
  exports org.pdnn.sampling;
  exports org.pdnn.sums;
  exports org.pdnn.tradeoff;

  uses org.pdnn.sums.SumsProvider;

  // Rooms of the house alone.
  exports org.pdnn.files to
      org.pdnn.cli,
      org.pdnn.convert,
      org.pdnn.generation,
      org.pdnn.hardware,
      org.pdnn.ising,
      org.pdnn.report,
      org.pdnn.reproduction,
      org.pdnn.server,
      org.pdnn.training;
  exports org.pdnn.names to
      org.pdnn.benchmarks,
      org.pdnn.cli,
      org.pdnn.convert,
      org.pdnn.generation,
      org.pdnn.hardware,
      org.pdnn.ising,
      org.pdnn.report,
      org.pdnn.reproduction,
      org.pdnn.server,
      org.pdnn.training;
  exports org.pdnn.sampling.pbits to
      org.pdnn.training;
}
