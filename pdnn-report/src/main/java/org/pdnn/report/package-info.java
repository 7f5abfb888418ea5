/// Tables and figures as records, written as one HTML page, as CSV and as JSON.
@NullMarked
package org.pdnn.report;

import org.jspecify.annotations.NullMarked;
