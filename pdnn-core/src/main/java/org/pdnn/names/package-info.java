/// Names that users type.
@NullMarked
package org.pdnn.names;

import org.jspecify.annotations.NullMarked;
