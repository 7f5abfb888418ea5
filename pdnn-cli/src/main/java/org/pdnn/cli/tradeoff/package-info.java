/// `pdnn tradeoff`: measured points priced and compared.
@NullMarked
package org.pdnn.cli.tradeoff;

import org.jspecify.annotations.NullMarked;
