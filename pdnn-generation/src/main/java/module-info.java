/// Images drawn from decoders, and their Fréchet distance from real ones.
@SuppressWarnings("requires-automatic") // libraries without module-info
module org.pdnn.generation {
  requires static org.jspecify;
  requires ejml.core;
  requires ejml.ddense;
  requires java.desktop;
  requires org.pdnn.convert;
  requires transitive org.pdnn.core;
  requires transitive org.pdnn.training;

  exports org.pdnn.generation;
}
