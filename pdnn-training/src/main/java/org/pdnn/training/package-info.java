/// Sample-aware training of p-DNNs and of their deterministic twins, with crash-safe checkpoints.
@NullMarked
package org.pdnn.training;

import org.jspecify.annotations.NullMarked;
