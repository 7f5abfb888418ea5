/// `pdnn hardware`.
@NullMarked
package org.pdnn.cli.hardware;

import org.jspecify.annotations.NullMarked;
