@NullMarked
package org.pdnn.experiment;

import org.jspecify.annotations.NullMarked;
