package org.pdnn.cli.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Under which heading the help lists an option, or all options of a mixin. One on the option
/// itself counts before that of its class.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.TYPE})
public @interface Heading {
  /// In a few words, as in `Energy model`.
  String value();
}
