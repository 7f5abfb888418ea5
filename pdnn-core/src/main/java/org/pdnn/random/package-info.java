/// Random words addressed by use, and the schemes that make the words of T passes from them.
///
/// A word is a function of (seed, input, layer, unit, sample), never of the order of calls, so
/// threads, batch size and machines cannot change an answer.
@NullMarked
package org.pdnn.random;

import org.jspecify.annotations.NullMarked;
