package org.pdnn.cli;

import org.pdnn.network.Neuron;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a neuron, as in `pbit:tanh`.
final class NeuronNotation implements ITypeConverter<Neuron> {
  @Override
  public Neuron convert(String text) {
    try {
      return Neuron.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
