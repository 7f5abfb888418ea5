/// Labelled images: the built-in digits, the readers of published sets, and their download.
///
/// A set is bytes in memory, immutable and safe to read from any thread. Files come from elsewhere
/// and are not trusted: a reader allocates no more than the file can hold, and whatever is wrong
/// becomes one IOException that names the file and the remedy.
@NullMarked
package org.pdnn.data;

import org.jspecify.annotations.NullMarked;
