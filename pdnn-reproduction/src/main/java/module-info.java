/// The paper's figures, computed again.
module org.pdnn.reproduction {
  requires static org.jspecify;
  requires transitive com.fasterxml.jackson.databind;
  requires org.pdnn.convert;
  requires org.pdnn.hardware;
  requires org.pdnn.ising;
  requires transitive org.pdnn.generation;
  requires transitive org.pdnn.core;
  requires transitive org.pdnn.report;
  requires transitive org.pdnn.training;

  exports org.pdnn.experiment;
  exports org.pdnn.reproduction;
  exports org.pdnn.sweep;
}
