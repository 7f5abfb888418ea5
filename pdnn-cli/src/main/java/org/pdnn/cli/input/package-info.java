/// What a command reads: data sets, models, and how a model is fed.
@NullMarked
package org.pdnn.cli.input;

import org.jspecify.annotations.NullMarked;
