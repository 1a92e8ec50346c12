package dev.hone.optimize.fake;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A task for one predictor: tickets with a number have one of three labels. A model knows the label
 * of every ticket, but says it only where the ticket is easier than the prompt is good; so the
 * score of a program is the skill that its prompt gives the model.
 */
public final class Tickets {
  /** The instruction that programs begin with. */
  public static final String ORIGINAL = "Say where the ticket goes.";

  private Tickets() {}

  /** The input. */
  public record Ticket(String text) {}

  /** The output. */
  public record Route(String label) {}

  /** A program of one predictor. */
  public record Router(Predict<Ticket, Route> route) implements Program<Ticket, Route> {
    /** A router as a user would write it. */
    public Router() {
      this(Predict.of(Ticket.class, Route.class, ORIGINAL));
    }

    @Override
    public Route run(Ticket input) {
      return route.run(input);
    }
  }

  /** One ticket with its label. */
  public static Example<Ticket, Route> ticket(int number, String topic) {
    return Example.of(
        new Ticket("ticket %d about %s".formatted(number, topic)), new Route(label(number)));
  }

  /** The tickets from one number to before another. */
  public static Dataset<Ticket, Route> data(int from, int to, String topic) {
    return Dataset.of(IntStream.range(from, to).mapToObj(i -> ticket(i, topic)).toList());
  }

  /** One for the right label, else 0. */
  public static Metric<Ticket, Route> metric() {
    return Metric.ofBoolean(Route::equals);
  }

  /** The label of a ticket. */
  public static String label(int number) {
    return List.of("red", "green", "blue").get(number % 3);
  }

  /** The number of a ticket. */
  public static int number(String text) {
    return Integer.parseInt(text.split(" ")[1]);
  }

  /** How hard a ticket is, evenly spread over 0 to 1. */
  public static double difficulty(String text) {
    double product = (number(text) + 0.5) * 0.6180339887498949;
    return product - Math.floor(product);
  }

  /** Answers right where the ticket is easier than the skill that a prompt gives. */
  public static Function<SeenPrompt, Map<String, String>> rules(
      ToDoubleFunction<SeenPrompt> skill) {
    return prompt -> {
      String text = prompt.input("text");
      boolean right = difficulty(text) < skill.applyAsDouble(prompt);
      return Map.of("label", right ? label(number(text)) : "wrong");
    };
  }
}
