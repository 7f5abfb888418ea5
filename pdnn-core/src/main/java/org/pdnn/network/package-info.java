/// Networks as data: immutable layers with their weights, and the file they live in.
///
/// Large because its nouns are one family: nine sealed layers, three neurons, and what the model
/// file needs of their insides. A layer and its reader would otherwise meet in public.
@NullMarked
package org.pdnn.network;

import org.jspecify.annotations.NullMarked;
