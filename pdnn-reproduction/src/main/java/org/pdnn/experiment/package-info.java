/// Cells of which experiments are made: networks trained, curves measured.
@NullMarked
package org.pdnn.experiment;

import org.jspecify.annotations.NullMarked;
