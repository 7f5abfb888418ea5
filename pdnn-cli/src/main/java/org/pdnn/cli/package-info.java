/// The `pdnn` command.
@NullMarked
package org.pdnn.cli;

import org.jspecify.annotations.NullMarked;
