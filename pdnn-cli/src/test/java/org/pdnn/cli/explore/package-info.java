@NullMarked
package org.pdnn.cli.explore;

import org.jspecify.annotations.NullMarked;
