/// Networks read from ONNX, private to `convert`, whose `Source` is the entry. Large because ONNX
/// is: a file for each family of operators, and for each check of what others wrote.
@NullMarked
package org.pdnn.onnx.reader;

import org.jspecify.annotations.NullMarked;
