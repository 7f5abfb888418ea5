@NullMarked
package org.pdnn.reproduction;

import org.jspecify.annotations.NullMarked;
