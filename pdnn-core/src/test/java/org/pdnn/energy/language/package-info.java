/// Tests of the price of language models.
@NullMarked
package org.pdnn.energy.language;

import org.jspecify.annotations.NullMarked;
