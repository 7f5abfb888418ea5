package org.pdnn.evaluation;

/// What stopping early at one confidence saves and costs. Bounds are 95 % intervals over noise
/// seeds on the same images.
///
/// @param confidence the stated probability that the answer is that of the longest T
/// @param meanSamples mean over inputs of the T at which they stopped
/// @param accuracy share of inputs whose predicted class is the true one
/// @param changed share of inputs that would have another class at the longest T
public record StopPoint(
    double confidence, Estimate meanSamples, Estimate accuracy, Estimate changed) {}
