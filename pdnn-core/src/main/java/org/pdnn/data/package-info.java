/// Labelled images: the built-in digits, the readers of published sets, and their download.
///
/// A set is bytes in memory, immutable and safe to read from any thread. Files come from elsewhere
/// and are not trusted: a reader allocates no more than the file can hold, and whatever is wrong
/// becomes one IOException that names the file and the remedy.
///
/// Large because formats are many: a file for each format of sets and of pictures. All but the
/// sets, their images and the download are private to it, and its bounds on memory are shared.
@NullMarked
package org.pdnn.data;

import org.jspecify.annotations.NullMarked;
