/// Options that several commands share, the bounds of their values, and what is said of a wrong
/// one.
@NullMarked
package org.pdnn.cli.option;

import org.jspecify.annotations.NullMarked;
