package org.pdnn.files;

import java.io.IOException;
import java.util.List;

/// A file that is refused with the lines of a script that turn it into one that is read.
public final class RecipeException extends IOException {
  private static final long serialVersionUID = 1;

  private final String sentence;
  private final transient List<String> recipe;

  /// @param sentence what is wrong, which the recipe follows
  public RecipeException(String sentence, String recipe) {
    super(sentence + "\n" + recipe);
    this.sentence = sentence;
    this.recipe = recipe.lines().toList();
  }

  /// What is wrong.
  public String sentence() {
    return sentence;
  }

  /// The lines of the script.
  public List<String> recipe() {
    return recipe;
  }
}
