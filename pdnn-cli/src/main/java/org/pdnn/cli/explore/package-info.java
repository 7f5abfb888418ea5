/// `pdnn explore`: one page on which a reader samples a small p-DNN and compares it with its twins.
@NullMarked
package org.pdnn.cli.explore;

import org.jspecify.annotations.NullMarked;
