package org.pdnn.energy;

/// The work of one layer: T samples take `once` plus T times `perSample`.
///
/// @param index the layer's place in the network, from 0
/// @param name kind and output shape
/// @param once what is done for an input however many samples are drawn
/// @param perSample what every pass repeats
public record LayerWork(int index, String name, Work once, Work perSample) {}
