package org.pdnn.network;

/// A layer that makes one value of the pixels under each place of a window, channel by channel.
public sealed interface Pool extends Layer permits MaxPool, AveragePool, GlobalAveragePool {}
