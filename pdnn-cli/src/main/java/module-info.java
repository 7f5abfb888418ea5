// The command. Open, as picocli sets the fields of every command; it exports nothing.
open module org.pdnn.cli {
  requires static org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires info.picocli;
  requires java.logging;
  requires me.tongfei.progressbar;
  requires org.pdnn.benchmarks;
  requires org.pdnn.convert;
  requires org.pdnn.core;
  requires org.pdnn.generation;
  requires org.pdnn.hardware;
  requires org.pdnn.ising;
  requires org.pdnn.report;
  requires org.pdnn.reproduction;
  requires org.pdnn.server;
  requires org.pdnn.training;
}
