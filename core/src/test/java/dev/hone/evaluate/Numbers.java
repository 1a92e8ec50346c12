package dev.hone.evaluate;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The task of several tests: to repeat a number. */
final class Numbers {
  record Question(int number) {}

  record Answer(int copy) {}

  static final Predict<Question, Answer> ECHO =
      Predict.of(Question.class, Answer.class, "Repeat the number.");
  static final Metric<Question, Answer> EXACT = Metric.exact(Answer::copy);

  private Numbers() {}

  static Dataset<Question, Answer> of(int count) {
    return Dataset.of(
        IntStream.range(0, count)
            .mapToObj(i -> Example.of(new Question(i), new Answer(i)))
            .toList());
  }

  /** The number that a request asks for. */
  static int asked(LmRequest request) {
    String turns = request.messages().stream().map(m -> m.text() + "\n").reduce("", String::concat);
    return Integer.parseInt(turns.replaceAll("(?s).*## number ## \\]\\]\\s*(-?\\d+).*", "$1"));
  }

  static String answer(int number) {
    return FakeModel.chat("copy", String.valueOf(number));
  }

  /** A model that says something about each number. */
  static FakeModel saying(IntFunction<String> reply) {
    return FakeModel.answering(request -> reply.apply(asked(request)));
  }

  static FakeModel echo() {
    return saying(Numbers::answer);
  }

  /** A context without cache and retries. */
  static Context context(LanguageModel model, int inFlight) {
    return FakeModel.uncached(model, inFlight);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <X extends Throwable> RuntimeException sneak(Throwable error) throws X {
    throw (X) error;
  }
}
