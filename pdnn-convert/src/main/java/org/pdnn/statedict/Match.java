package org.pdnn.statedict;

import java.util.Optional;
import org.pdnn.network.Shape;

/// One tensor of a network, and where it comes from.
///
/// @param name in the network, as in `2.weight` or, where layers have names, `fc1.weight`
/// @param shape in the network
/// @param source its name in the file; nothing if the file has none and it was made up
/// @param note what was done to it, as in `transposed`; empty if nothing was
public record Match(String name, Shape shape, Optional<String> source, String note) {}
