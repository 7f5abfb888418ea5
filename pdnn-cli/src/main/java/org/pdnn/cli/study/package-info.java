/// `pdnn study`: samples or bits, from training to the report.
@NullMarked
package org.pdnn.cli.study;

import org.jspecify.annotations.NullMarked;
