/// `pdnn describe`: the layers of a network.
@NullMarked
package org.pdnn.cli.describe;

import org.jspecify.annotations.NullMarked;
