/// `pdnn serve`.
@NullMarked
package org.pdnn.cli.serve;

import org.jspecify.annotations.NullMarked;
