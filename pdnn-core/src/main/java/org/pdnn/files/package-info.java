/// Files that are either whole or not there, and settings in JSON.
@NullMarked
package org.pdnn.files;

import org.jspecify.annotations.NullMarked;
