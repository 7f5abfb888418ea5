package org.pdnn.network;

/// A layer whose outputs are weighted sums over many inputs.
public sealed interface Weighted extends Layer
    permits Dense, Convolution, TransposedConvolution, Embedding {}
