/// `pdnn convert` and `pdnn export`: networks from and for other programs.
@NullMarked
package org.pdnn.cli.convert;

import org.jspecify.annotations.NullMarked;
