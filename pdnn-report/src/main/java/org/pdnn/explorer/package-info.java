/// One page that answers "more samples or more bits?" by hand: a small p-DNN that samples in the
/// browser, beside its price and that of its deterministic twins.
@NullMarked
package org.pdnn.explorer;

import org.jspecify.annotations.NullMarked;
