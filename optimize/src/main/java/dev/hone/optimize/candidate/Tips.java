package dev.hone.optimize.candidate;

import java.util.List;

/** Tips that push proposals in different directions. */
public final class Tips {
  private static final List<String> NAMES =
      List.of("none", "creative", "simple", "descriptive", "high stakes", "persona", "edge cases");

  private Tips() {}

  /**
   * The default tips: none, then creative, simple, descriptive, high stakes, persona, and edge
   * cases. The empty text stands for no tip.
   */
  public static List<String> defaults() {
    return List.of(
        "",
        "Try an unusual angle: say the task in a way that nobody would expect.",
        "Be brief: short sentences, plain words, nothing twice.",
        "Be thorough: say what each possible answer means and how to recognize it.",
        "Make clear that much depends on the answer, and what a mistake would cost.",
        "Give the model a role that fits the task, and speak to it in that role.",
        "Name the cases that are easily confused, and say how to tell them apart.");
  }

  /**
   * A name for a tip: for the default ones a word that stays when they are put in other words, for
   * others the tip itself.
   */
  public static String nameOf(String tip) {
    int index = defaults().indexOf(tip);
    return index < 0 ? tip : NAMES.get(index);
  }
}
