/// `pdnn list`: the names that commands know.
@NullMarked
package org.pdnn.cli.list;

import org.jspecify.annotations.NullMarked;
