package org.pdnn.integer;

import org.pdnn.network.Network;

/// What one pass of the lowering has done.
///
/// @param pass its name
/// @param effect what it did, a sentence
/// @param network the network after it, in real numbers, to be measured
public record Step(String pass, String effect, Network network) {}
