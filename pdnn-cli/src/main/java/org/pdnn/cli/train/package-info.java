/// `pdnn train`.
@NullMarked
package org.pdnn.cli.train;

import org.jspecify.annotations.NullMarked;
