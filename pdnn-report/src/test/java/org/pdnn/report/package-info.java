@NullMarked
package org.pdnn.report;

import org.jspecify.annotations.NullMarked;
