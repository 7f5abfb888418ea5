@NullMarked
package org.pdnn.explorer;

import org.jspecify.annotations.NullMarked;
