/// Networks as data: immutable layers with their weights, and the file they live in.
@NullMarked
package org.pdnn.network;

import org.jspecify.annotations.NullMarked;
