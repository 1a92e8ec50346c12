package dev.hone.benchmarks.realserver;

import dev.hone.adapter.Adapter;
import dev.hone.agents.AgentResult;
import dev.hone.agents.ReAct;
import dev.hone.context.Context;
import dev.hone.context.SpendMeter;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.examples.SupportTask;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmOptions;
import dev.hone.metric.Metric;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.mipro.MiproV2Report;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.Attempt;
import dev.hone.program.Predict;
import dev.hone.program.ProgramEvent;
import dev.hone.program.UnparsableReplyException;
import dev.hone.tool.Tool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** What is asked of a model through programs: predictors, an agent, an optimization. */
final class ProgramChecks {
  private static final int MAX_TOKENS = 80;
  private static final int WRITING_TOKENS = 200;
  private static final int MAX_TURNS = 3;
  private static final int IN_FLIGHT = 4;
  private static final long SEED = 1;

  /** Three of the eight intents of the built-in task, which is too hard for a model this small. */
  private enum Want {
    REFUND,
    LOGIN,
    FEEDBACK
  }

  private record Message(String message) {}

  private record Route(Want want) {}

  private record Question(String question) {}

  private record Answer(String answer) {}

  private record City(String city) {}

  private final LanguageModel model;
  private final int examples;

  ProgramChecks(LanguageModel model, int examples) {
    this.model = model;
    this.examples = examples;
  }

  private Context context(int maxTokens) {
    return Context.builder()
        .lm(LmPipeline.builder(model).maxInFlight(IN_FLIGHT).build())
        .options(LmOptions.builder().temperature(0).maxTokens(maxTokens).build())
        .build();
  }

  private static Dataset<Message, Route> routed(Dataset<ObjectNode, ObjectNode> data) {
    Set<String> wanted = Set.of("REFUND", "LOGIN", "FEEDBACK");
    return Dataset.of(
        data.examples().stream()
            .filter(example -> wanted.contains(intent(example)))
            .map(
                example ->
                    Example.of(
                        new Message(example.inputJson().path("message").asString("")),
                        new Route(Want.valueOf(intent(example)))))
            .toList());
  }

  private static String intent(Example<ObjectNode, ObjectNode> example) {
    return example.expectedJson().path("intent").asString("");
  }

  private static Predict<Message, Route> program() {
    return Predict.of(Message.class, Route.class, "Route the customer's message.");
  }

  /** How many first replies can be read, of an adapter. */
  Check adapter(String what, Adapter adapter) {
    Dataset<Message, Route> data =
        routed(SupportTask.untyped().testset()).shuffled(SEED).first(examples);
    List<List<Attempt>> heard = Collections.synchronizedList(new ArrayList<>());
    Context context =
        context(MAX_TOKENS).toBuilder()
            .adapter(adapter)
            .build()
            .withListener(
                (event, metadata) -> {
                  if (event instanceof ProgramEvent.PredictorAnswered answered) {
                    heard.add(answered.step().attempts());
                  }
                });
    Evaluation<Message, Route> found =
        context.call(() -> Evaluator.of(data, Metric.exact(Route::want)).evaluate(program()));
    long first = heard.stream().filter(attempts -> attempts.get(0).problem() == null).count();
    String seen =
        String.format(
            Locale.ROOT,
            "%d of %d replies read at the first try, %d in all; score %.2f",
            first,
            data.size(),
            heard.size(),
            found.score());
    return new Check(what, heard.size() == data.size(), seen);
  }

  Check sections(String what) {
    return adapter(what, Adapter.chat());
  }

  Check json(String what) {
    return adapter(what, Adapter.json());
  }

  /** An agent with one tool: it holds if the tool was called with arguments that it takes. */
  Check agent(String what) {
    AtomicInteger calls = new AtomicInteger();
    Tool weather =
        Tool.of(
            "weather",
            "Tells the weather of a city.",
            City.class,
            city -> {
              calls.incrementAndGet();
              return "Sunny, 31 degrees, in " + city.city() + ".";
            });
    ReAct<Question, Answer> agent =
        ReAct.of(
                Question.class,
                Answer.class,
                "Answer the question by what the tools tell.",
                weather)
            .maxTurns(MAX_TURNS);
    try {
      AgentResult<Answer> result =
          context(WRITING_TOKENS)
              .call(() -> agent.answer(new Question("How warm is it in Paris?")));
      return new Check(what, calls.get() > 0, calls + " calls; " + result);
    } catch (UnparsableReplyException e) {
      String replies = e.attempts().stream().map(Attempt::reply).collect(Collectors.joining(" / "));
      return new Check(what, false, calls + " calls, then no reply could be read: " + replies);
    }
  }

  /** The demo, small: MIPROv2 on three intents; it holds if a program comes back, tested. */
  Check demo(String what) {
    Dataset<Message, Route> train = routed(SupportTask.untyped().trainset()).shuffled(SEED);
    Dataset<Message, Route> test = routed(SupportTask.untyped().testset()).shuffled(SEED);
    Evaluator<Message, Route> evaluator =
        Evaluator.of(test.first(examples), Metric.exact(Route::want));
    SpendMeter meter = new SpendMeter();
    Context optimizing = context(WRITING_TOKENS).withListener(meter);
    double before = context(MAX_TOKENS).call(() -> evaluator.evaluate(program())).score();
    Optimized<Message, Route, MiproV2Report> tuned =
        optimizing.call(
            () ->
                MiproV2.light()
                    .seed(SEED)
                    .compile(program(), train.first(2 * examples), Metric.exact(Route::want)));
    double after = context(MAX_TOKENS).call(() -> evaluator.evaluate(tuned)).score();
    String seen =
        String.format(
            Locale.ROOT,
            "%d examples to learn from and choose by, %d to test: %.2f before, %.2f after; %s;"
                + " finished by %s",
            2 * examples,
            examples,
            before,
            after,
            meter.total(),
            tuned.report().finishReason());
    return new Check(what, meter.total().usage().promptTokens() > 0, seen);
  }
}
