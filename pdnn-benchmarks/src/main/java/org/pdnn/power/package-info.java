/// What this machine spends, by the kernel's own power counters.
@NullMarked
package org.pdnn.power;

import org.jspecify.annotations.NullMarked;
