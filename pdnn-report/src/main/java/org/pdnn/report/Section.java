package org.pdnn.report;

/// A part of a report.
public sealed interface Section permits Prose, Exhibit {}
