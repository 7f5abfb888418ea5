/// Samples or bits: what measured networks are worth against what they cost.
@NullMarked
package org.pdnn.tradeoff;

import org.jspecify.annotations.NullMarked;
