@org.jspecify.annotations.NullMarked
package org.pdnn.sweep;
