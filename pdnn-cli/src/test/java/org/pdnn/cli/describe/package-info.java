@NullMarked
package org.pdnn.cli.describe;

import org.jspecify.annotations.NullMarked;
