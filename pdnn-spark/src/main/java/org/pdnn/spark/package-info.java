/// Networks on Apache Spark: batch scoring whose answers are the same bits for any number of
/// partitions and after any failure, and sweeps that compute no finished cell again.
@NullMarked
package org.pdnn.spark;

import org.jspecify.annotations.NullMarked;
