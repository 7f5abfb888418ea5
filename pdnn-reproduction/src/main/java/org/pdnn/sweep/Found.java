package org.pdnn.sweep;

/// What a cell found.
///
/// @param recipe what was computed
/// @param result what came out
public record Found<R>(Fields recipe, R result) {}
