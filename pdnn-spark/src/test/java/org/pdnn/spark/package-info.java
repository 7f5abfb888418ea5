@NullMarked
package org.pdnn.spark;

import org.jspecify.annotations.NullMarked;
