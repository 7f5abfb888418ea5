/// `pdnn ising`.
@NullMarked
package org.pdnn.cli.ising;

import org.jspecify.annotations.NullMarked;
