/// Problems that are made, not read: lattices, planted loops, logic that runs backwards.
@NullMarked
package org.pdnn.ising.instance;

import org.jspecify.annotations.NullMarked;
