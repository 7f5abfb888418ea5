package org.pdnn.benchmark;

/// A number that was measured.
///
/// @param part of the benchmark
/// @param name of the quantity
/// @param unit empty for a count
public record Measurement(String part, String name, double value, String unit) {}
