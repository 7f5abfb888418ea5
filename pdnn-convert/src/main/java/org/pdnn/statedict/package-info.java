/// State dictionaries of other frameworks, matched to an architecture.
@NullMarked
package org.pdnn.statedict;

import org.jspecify.annotations.NullMarked;
