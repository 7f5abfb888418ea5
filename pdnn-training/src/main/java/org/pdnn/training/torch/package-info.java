/// The one door to libtorch: nothing outside knows its types, and its failures leave as
/// [org.pdnn.training.torch.TorchException].
@NullMarked
package org.pdnn.training.torch;

import org.jspecify.annotations.NullMarked;
