/// Sums by oneDNN: by AMX, VNNI or AVX2, whatever the machine has.
@NullMarked
package org.pdnn.onednn;

import org.jspecify.annotations.NullMarked;
