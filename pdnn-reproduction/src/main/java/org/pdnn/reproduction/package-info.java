/// Numbers that the paper prints, computed again and set beside ours.
///
/// Large because it holds one file per figure of the paper: what it trains, measures, draws and
/// claims. What they share ([Run], [Curve], [Charts], [Printed]) is private to them.
@NullMarked
package org.pdnn.reproduction;

import org.jspecify.annotations.NullMarked;
