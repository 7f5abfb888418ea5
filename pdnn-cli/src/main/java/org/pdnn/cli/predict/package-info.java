/// `pdnn predict`: classes of pictures.
@NullMarked
package org.pdnn.cli.predict;

import org.jspecify.annotations.NullMarked;
