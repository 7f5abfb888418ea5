/// Names that users type and files hold.
@NullMarked
package org.pdnn.names;

import org.jspecify.annotations.NullMarked;
