@NullMarked
package org.pdnn.server;

import org.jspecify.annotations.NullMarked;
