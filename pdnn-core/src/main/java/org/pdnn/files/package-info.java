/// Files that are either whole or not there.
@NullMarked
package org.pdnn.files;

import org.jspecify.annotations.NullMarked;
