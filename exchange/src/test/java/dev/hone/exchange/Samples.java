package dev.hone.exchange;

import dev.hone.compiled.Compiled;
import dev.hone.compiled.Provenance;
import dev.hone.json.Json;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.ProgramState;
import dev.hone.prompt.Demo;
import dev.hone.signature.Desc;
import dev.hone.signature.Limits;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Programs that tests take elsewhere. */
public final class Samples {
  private Samples() {}

  /** How bad it is. */
  public enum Severity {
    @Desc("harmless")
    LOW,
    HIGH
  }

  /** A part of an order. */
  public record Item(@Desc("what it is called") String name, @Limits(min = 0) BigDecimal price) {}

  /** Inputs of many types. */
  public record Order(
      @Desc("what the customer \"wrote\", in {braces}") String text,
      int count,
      List<Item> items,
      Optional<LocalDate> due,
      Map<String, Boolean> flags) {}

  /** Outputs of many types. */
  public record Routing(
      Severity severity,
      @Limits(min = 0, max = 10) @Desc("from 0 to 10") double score,
      @Limits(maxSize = 3) Set<Severity> all,
      List<Item> kept) {}

  /** What is asked. */
  public record Question(String question) {}

  /** A query. */
  public record Query(String query) {}

  /** What is asked, with a query. */
  public record Asked(String question, String query) {}

  /** An answer. */
  public record Answer(String answer, List<String> sources) {}

  /** Two steps. */
  public static final class Hop implements Program<Question, Answer> {
    private final Predict<Question, Query> rewrite =
        Predict.of(Question.class, Query.class, "Write a search query.");
    private final ChainOfThought<Asked, Answer> answer =
        ChainOfThought.of(Asked.class, Answer.class, "Answer with one word.");

    @Override
    public Answer run(Question input) {
      Query query = rewrite.run(input);
      return answer.run(new Asked(input.question(), query.query()));
    }
  }

  /** Two steps, with demos. */
  public static Compiled<Question, Answer> hop() {
    Hop hop = new Hop();
    ProgramState state = Predictors.of(hop).initialState();
    state =
        state.with(
            "rewrite",
            state
                .of("rewrite")
                .withInstructions("Write a query.\nNo more than three words; write \\ as \\\\.")
                .withDemos(
                    List.of(
                        demo("{\"question\":\"a?\"}", "{\"query\":\"a {{b}}\"}", false),
                        demo("{\"question\":\"c?\"}", "{\"query\":\"d \\\"\\\"\\\" \"}", true))));
    state =
        state.with(
            "answer.predict",
            state
                .of("answer.predict")
                .withDemos(
                    List.of(
                        demo(
                            "{\"question\":\"a?\",\"query\":\"a\"}",
                            "{\"reasoning\":\"It is so.\",\"answer\":\"A\",\"sources\":[\"x\"]}",
                            true))));
    return Compiled.of(hop, state, Provenance.none());
  }

  /** One predictor with many types, and a demo. */
  public static Compiled<Order, Routing> routing() {
    Predict<Order, Routing> predict =
        Predict.of(Order.class, Routing.class, "Route the order.\n\nBe \"strict\".\t ")
            .withDemos(
                List.of(
                    demo(
                        """
                        {"text":"late","count":1,"items":[{"name":"lamp","price":2.50}],
                         "due":null,"flags":{"gift":true}}""",
                        """
                        {"severity":"HIGH","score":7.5,"all":["LOW"],
                         "kept":[{"name":"lamp","price":2.50}]}""",
                        false)));
    return Compiled.of(predict);
  }

  /** Inputs for it. */
  public static ObjectNode order() {
    return json(
        """
        {"text":"hello","count":2,"items":[],"due":"2026-11-30","flags":{}}""");
  }

  /** A JSON object. */
  public static ObjectNode json(String text) {
    return (ObjectNode) Json.parse(text);
  }

  /** A demo. */
  public static Demo demo(String inputs, String outputs, boolean bootstrapped) {
    return new Demo(
        json(inputs),
        json(outputs),
        bootstrapped ? Demo.Origin.BOOTSTRAPPED : Demo.Origin.LABELED,
        "");
  }
}
