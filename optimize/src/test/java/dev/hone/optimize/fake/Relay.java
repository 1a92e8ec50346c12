package dev.hone.optimize.fake;

import dev.hone.program.Predict;
import dev.hone.program.Program;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The task of {@link Tickets} for two predictors: the first finds a clue, the second decides. */
public final class Relay {
  private Relay() {}

  /** What the first predictor finds. */
  public record Clue(String clue) {}

  /** What the second predictor decides by. */
  public record Clued(String text, String clue) {}

  /** A program of two predictors. */
  public record TwoSteps(Predict<Tickets.Ticket, Clue> find, Predict<Clued, Tickets.Route> decide)
      implements Program<Tickets.Ticket, Tickets.Route> {
    /** The program as a user would write it. */
    public TwoSteps() {
      this(
          Predict.of(Tickets.Ticket.class, Clue.class, "Find a clue in the ticket."),
          Predict.of(Clued.class, Tickets.Route.class, Tickets.ORIGINAL));
    }

    @Override
    public Tickets.Route run(Tickets.Ticket input) {
      return decide.run(new Clued(input.text(), find.run(input).clue()));
    }
  }

  /**
   * The clue is good or bad by the first prompt's skill; the label is right where the ticket is
   * easier than the second prompt's skill, a fifth less with a bad clue.
   */
  public static Function<SeenPrompt, Map<String, String>> rules(
      ToDoubleFunction<SeenPrompt> findSkill, ToDoubleFunction<SeenPrompt> decideSkill) {
    return prompt -> {
      if (prompt.asksFor("clue")) {
        boolean good = Tickets.difficulty(prompt.input("text")) < findSkill.applyAsDouble(prompt);
        return Map.of("clue", (good ? "good" : "bad") + " " + prompt.input("text"));
      }
      double handicap = prompt.input("clue").startsWith("good") ? 0 : 0.2;
      return Tickets.rules(p -> decideSkill.applyAsDouble(p) - handicap).apply(prompt);
    };
  }
}
