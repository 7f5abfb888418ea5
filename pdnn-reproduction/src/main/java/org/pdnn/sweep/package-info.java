/// A sweep is a list of cells, pieces of work that are addressed by what they compute: what is
/// finished is kept on disk and never done again.
@NullMarked
package org.pdnn.sweep;

import org.jspecify.annotations.NullMarked;
