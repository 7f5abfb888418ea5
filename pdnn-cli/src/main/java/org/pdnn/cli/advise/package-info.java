/// `pdnn advise`: which way to run a network, measured on its own data.
@NullMarked
package org.pdnn.cli.advise;

import org.jspecify.annotations.NullMarked;
