/// Progress and notices on standard error.
@NullMarked
package org.pdnn.cli.display;

import org.jspecify.annotations.NullMarked;
