package org.pdnn.report;

/// A piece of a report.
public sealed interface Section permits Part, Prose, Commands, Exhibit {}
