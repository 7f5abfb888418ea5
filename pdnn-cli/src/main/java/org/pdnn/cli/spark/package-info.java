/// `pdnn spark`: jobs of Apache Spark, here or on a cluster.
@NullMarked
package org.pdnn.cli.spark;

import org.jspecify.annotations.NullMarked;
