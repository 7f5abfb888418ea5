package org.pdnn.evaluation;

import org.pdnn.sampling.StopRule;

/// What stopping early by one rule saves and costs. Bounds are 95 % intervals over noise seeds on
/// the same images.
///
/// @param meanSamples mean over inputs of the T at which they stopped
/// @param accuracy share of inputs whose predicted class is the true one
/// @param changed share of inputs that would have another class at the longest T
/// @param worst of the input that changes its class most often: the share of noise seeds with which
///   it does
public record StopPoint(
    StopRule rule, Estimate meanSamples, Estimate accuracy, Estimate changed, double worst) {}
