/// `pdnn bench`: time and energy on this machine.
@NullMarked
package org.pdnn.cli.bench;

import org.jspecify.annotations.NullMarked;
