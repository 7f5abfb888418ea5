/// Circuits as data, written as Verilog and emulated bit for bit; the processing elements of a
/// p-DNN and of a Boltzmann machine; what they take of an FPGA.
module org.pdnn.hardware {
  requires static org.jspecify;
  requires transitive org.pdnn.core;
  requires transitive org.pdnn.ising;

  exports org.pdnn.circuit;
  exports org.pdnn.circuit.accelerator;
  exports org.pdnn.circuit.boltzmann;
  exports org.pdnn.circuit.element;
  exports org.pdnn.circuit.synthesis;
}
