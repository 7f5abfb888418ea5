/// Circuits as data, written as Verilog and emulated bit for bit; the processing elements of a
/// p-DNN; what they take of an FPGA.
module org.pdnn.hardware {
  requires static org.jspecify;
  requires transitive org.pdnn.core;

  exports org.pdnn.circuit;
  exports org.pdnn.circuit.accelerator;
  exports org.pdnn.circuit.element;
  exports org.pdnn.circuit.synthesis;
}
