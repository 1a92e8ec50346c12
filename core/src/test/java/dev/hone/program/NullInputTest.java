package dev.hone.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.data.Dataset;
import dev.hone.json.Json;
import dev.hone.lm.FakeModel;
import dev.hone.program.Programs.Answer;
import dev.hone.program.Programs.Hop;
import dev.hone.program.Programs.Question;
import dev.hone.prompt.Demo;
import dev.hone.signature.Signature;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What every entry says of null, before it calls a model. */
@SuppressWarnings("NullAway")
class NullInputTest {
  private final FakeModel model = FakeModel.replying();
  private final Predict<Question, Answer> predict = Programs.answerer("Answer.");
  private final ChainOfThought<Question, Answer> thinker =
      ChainOfThought.of(Question.class, Answer.class, "Think.");

  private static <I, O> Compiled<I, O> compiled(Program<I, O> program) {
    return Compiled.of(program, Predictors.of(program).initialState(), Programs.provenance());
  }

  private void refuses(ThrowingCallable call, String... parts) {
    assertThatThrownBy(() -> model.context().run(() -> run(call)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining("Maybe");
    assertThat(model.requests()).isEmpty();
  }

  private static void run(ThrowingCallable call) {
    try {
      call.call();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void namesTheSignatureAndTheRecordThatItExpects() {
    String[] parts = {"question -> answer is null", "expected a record Question"};

    refuses(() -> predict.run(null), parts);
    refuses(() -> predict.render(null), parts);
    refuses(() -> compiled(predict).run(null), parts);
    refuses(() -> compiled(predict).render(null), parts);
  }

  @Test
  void namesTheSignatureOfAChainOfThoughtToo() {
    String[] parts = {"question -> reasoning, answer is null", "expected a record Question"};

    refuses(() -> thinker.run(null), parts);
    refuses(() -> thinker.think(null), parts);
    refuses(() -> compiled(thinker).run(null), parts);
  }

  @Test
  void namesAProgramOfOnesOwn() {
    refuses(() -> compiled(Hop.create()).run(null), "The input of the program Hop is null");
    Program<Question, Answer> lambda = input -> new Answer(input.question());
    refuses(() -> compiled(lambda).run(null), "NullInputTest$lambda");
  }

  @Test
  void keepsTheFailureOfATracedRun() {
    ProgramRunner<Question, Answer> runner = new ProgramRunner<>(predict);

    assertThat(runner.trace(runner.predictors().initialState(), null).failure())
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void namesWhatAPredictorIsMadeOf() {
    refuses(() -> Predict.of((Signature<?, ?>) null), "The signature of a predictor is null");
    refuses(
        () -> Predict.of((Class<Question>) null, Answer.class, "Answer."),
        "A class of a signature is null, expected a record");
    refuses(
        () -> Predict.of(Question.class, (Class<Answer>) null, "Answer."),
        "A class of a signature is null, expected a record");
    refuses(
        () -> Predict.of(Question.class, Answer.class, null),
        "The text of the instructions of the signature is null");
    refuses(() -> Dataset.of(null), " null");
  }

  @Test
  void adviceOnAClassOfJavaCanBeFollowed() {
    refuses(
        () -> Predict.of(String.class, Answer.class, "Answer."), "record Question(String text) {}");
    refuses(
        () -> Predict.of(Question.class, Integer.class, "Answer."),
        "record Question(Integer text) {}");
    refuses(
        () -> Predict.of(Question.class, List.class, "Answer."),
        "record Question(List<String> text) {}");
  }

  @Test
  void namesTheComponentThatIsNull() {
    refuses(
        () -> predict.run(new Question(null)),
        "The input of question -> answer has null in Question.question, expected text",
        "Optional<String>");
  }

  @Test
  void refusesJsonThatLacksAField() {
    Predict<ObjectNode, ObjectNode> dynamic = Predict.of(Signature.parse("question -> answer"));

    refuses(() -> dynamic.run(Json.object().putNull("question")), "question: found null");
    refuses(
        () -> compiled(dynamic).render("self", Json.object().putNull("question")),
        "no value for \"question\", expected text; it is {\"question\":null}");
  }

  @Test
  void namesADemoThatIsNull() {
    refuses(
        () -> predict.withDemos(Arrays.asList(Programs.demo("q", "a"), null)),
        "Demo 1 of 2 is null");
    refuses(
        () -> new Demo(Json.object(), null, Demo.Origin.LABELED, ""), "A demo's outputs are null");
  }

  @Test
  void doesNotContradictItselfAboutADemoThatHoldsNull() {
    refuses(
        () -> predict.withDemos(List.of(Programs.demo("q", null))).run(new Question("?")),
        "none of the output fields [answer], its outputs are {\"answer\":null}");
    refuses(
        () -> predict.withDemos(List.of(Programs.demo(null, "a"))).run(new Question("?")),
        "The demo has no value for \"question\", expected text; it is {\"question\":null}");
  }
}
