package org.pdnn.report;

/// A line for readers.
public record Sentence(String text) implements Section {}
