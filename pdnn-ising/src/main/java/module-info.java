/// The p-bit as a Boltzmann machine: Ising models and the problems that become one, their sampling,
/// and certificates of it.
///
/// Fast with the JDK's vector module, like the engine; the same states come slower without.
@SuppressWarnings("module") // incubating modules greet with a warning whoever resolves them
module org.pdnn.ising {
  requires static jdk.incubator.vector;
  requires static org.jspecify;
  requires transitive org.pdnn.core;
  requires org.jgrapht.core;

  exports org.pdnn.ising;
  exports org.pdnn.ising.certificate;
  exports org.pdnn.ising.dynamics;
  exports org.pdnn.ising.format;
  exports org.pdnn.ising.instance;
  exports org.pdnn.ising.learning;
}
