/// `pdnn reproduce`: the figures of the paper.
@NullMarked
package org.pdnn.cli.reproduce;

import org.jspecify.annotations.NullMarked;
