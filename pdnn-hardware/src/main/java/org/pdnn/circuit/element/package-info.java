/// Processing elements of a p-DNN as circuits, and what they are made of.
@NullMarked
package org.pdnn.circuit.element;

import org.jspecify.annotations.NullMarked;
