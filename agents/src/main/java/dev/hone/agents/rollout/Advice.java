package dev.hone.agents.rollout;

import dev.hone.signature.Desc;
import java.util.List;
import java.util.Map;

/**
 * What {@link Refine} says to the parts of a program for the next try.
 *
 * @param diagnosis which part is to blame, and why
 * @param advice what each part is to do differently, by its name
 */
public record Advice(
    @Desc("what went wrong in this try, and which part is to blame for it") String diagnosis,
    @Desc(
            "for each part that can do better, by its name: what it is to do differently on this"
                + " very input, concretely and in a few sentences; parts that did well are left out")
        Map<String, String> advice) {

  /**
   * What advice is made from: what is known of a try that was not good enough.
   *
   * @param parts the program's predictors
   * @param steps what they did
   * @param goal what is wanted, in words
   * @param outcome what came of it
   */
  public record Request(
      @Desc("the parts of the program, and what each is told to do") List<Part> parts,
      @Desc("what the parts did in this try, in order") List<Step> steps,
      @Desc("what a good result is") String goal,
      @Desc("what became of this try") String outcome) {}

  /**
   * A predictor.
   *
   * @param name its name within the program
   * @param instructions what it is told to do
   * @param fields its inputs and outputs
   */
  public record Part(String name, String instructions, String fields) {}

  /**
   * A call of a predictor.
   *
   * @param part its name
   * @param inputs what it was given, as JSON
   * @param outputs what it answered, as JSON
   */
  public record Step(String part, String inputs, String outputs) {}
}
