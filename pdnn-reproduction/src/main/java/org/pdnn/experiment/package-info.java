/// Cells of which experiments are made: networks trained, curves measured.
///
/// Large because it holds one file per kind of cell, and cells read the files of those that they
/// need: a further package would make what only they know of each other public.
@NullMarked
package org.pdnn.experiment;

import org.jspecify.annotations.NullMarked;
