/// Numbers that the paper prints, computed again and set beside ours.
@NullMarked
package org.pdnn.reproduction;

import org.jspecify.annotations.NullMarked;
