/// `pdnn energy`: predicted energy, and its questions.
@NullMarked
package org.pdnn.cli.energy;

import org.jspecify.annotations.NullMarked;
