package org.pdnn.network;

/// A layer that leaves its values as they are, in their order, under another shape.
public sealed interface Rearrangement extends Layer permits Flatten, Reshape {}
