@NullMarked
package org.pdnn.cli.spark;

import org.jspecify.annotations.NullMarked;
