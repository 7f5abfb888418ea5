/// Circuits as data, written as Verilog and emulated bit for bit; the processing elements of a
/// p-DNN.
module org.pdnn.hardware {
  requires static org.jspecify;
  requires transitive org.pdnn.core;

  exports org.pdnn.circuit;
  exports org.pdnn.circuit.element;
}
