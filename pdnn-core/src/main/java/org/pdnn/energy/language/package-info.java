/// What a language model takes for a token: its sizes as Hugging Face publishes them, and the work
/// of prompt and generation.
@NullMarked
package org.pdnn.energy.language;

import org.jspecify.annotations.NullMarked;
