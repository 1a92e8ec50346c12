package dev.hone.agents.rollout;

import dev.hone.context.Context;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.program.ProgramRun;
import dev.hone.testkit.ScriptedModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programs and models for tests of rollouts: what is answered depends on the draw. */
final class Draws {
  static final Question ANY = new Question("Which?");

  private static final Pattern OUTPUTS =
      Pattern.compile("(?s)Output fields:\n(.*?)\n\nEvery message");
  private static final Pattern FIELD = Pattern.compile("(?m)^- `(\\w+)`");

  private Draws() {}

  public record Question(String question) {}

  public record Answer(String answer) {}

  public record Hint(String hint) {}

  /** Two steps: a hint, and the answer to it. */
  public record TwoSteps(Predict<Question, Hint> hint, Predict<Hint, Answer> answer)
      implements Program<Question, Answer> {
    static TwoSteps create() {
      return new TwoSteps(
          Predict.of(Question.class, Hint.class, "Give a hint."),
          Predict.of(Hint.class, Answer.class, "Answer by the hint."));
    }

    @Override
    public Answer run(Question input) {
      return answer.run(hint.run(input));
    }
  }

  static Predict<Question, Answer> answerer() {
    return Predict.of(Question.class, Answer.class, "Answer.");
  }

  /** A context without a cache, with a limit on the calls in flight. */
  static Context context(LanguageModel model, int inFlight) {
    return Context.builder()
        .lm(LmPipeline.builder(model).noCache().maxInFlight(inFlight).build())
        .build();
  }

  /** Answers every output field by the place of the attempt that asks. */
  static ScriptedModel byPlace(IntFunction<String> answer) {
    return ScriptedModel.answering(
        request -> filled(request, field -> answer.apply(place(request))));
  }

  /** A reply with a value for each output field that is asked for. */
  static String filled(LmRequest request, Function<String, String> value) {
    StringBuilder reply = new StringBuilder();
    outputs(request)
        .forEach(
            field -> reply.append("[[ ## %s ## ]]\n%s\n\n".formatted(field, value.apply(field))));
    return reply.append("[[ ## completed ## ]]").toString();
  }

  static List<String> outputs(LmRequest request) {
    Matcher part = OUTPUTS.matcher(system(request));
    return part.find()
        ? FIELD.matcher(part.group(1)).results().map(r -> r.group(1)).toList()
        : List.of();
  }

  static String system(LmRequest request) {
    return request.messages().get(0).text();
  }

  static String last(LmRequest request) {
    List<LmMessage> messages = request.messages();
    return messages.get(messages.size() - 1).text();
  }

  private static final Map<Long, Integer> PLACES = places();

  private static Map<Long, Integer> places() {
    Map<Long, Integer> places = new LinkedHashMap<>();
    Context plain = Context.builder().build();
    for (int i = 0; i < 64; i++) {
      places.put(ProgramRun.drawn(plain, i, 1.0).options().rolloutId(), i);
    }
    return places;
  }

  /** The place of the attempt that asks; -1 for none. */
  static int place(LmRequest request) {
    return PLACES.getOrDefault(request.options().rolloutId(), -1);
  }
}
