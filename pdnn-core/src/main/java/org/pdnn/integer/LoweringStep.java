package org.pdnn.integer;

import org.pdnn.network.Network;

/// What one step of the lowering has done.
///
/// @param name of the step
/// @param effect what it did, a sentence
/// @param network the network after it, in real numbers, to be measured
public record LoweringStep(String name, String effect, Network network) {}
