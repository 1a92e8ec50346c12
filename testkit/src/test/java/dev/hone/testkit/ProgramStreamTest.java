package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.stream.ProgramStream;
import dev.hone.stream.StreamPart;
import dev.hone.stream.StreamPart.FieldText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgramStreamTest {
  record Question(String question) {}

  record Answer(String answer) {}

  private static final String LONG = "A long answer of many words. ".repeat(30).strip();

  /** Two steps, of which the second asks what the first answered. */
  static final class TwoSteps implements Program<Question, Answer> {
    final Predict<Question, Answer> draft = Predict.of(Question.class, Answer.class, "Draft.");
    final Predict<Question, Answer> polish = Predict.of(Question.class, Answer.class, "Polish.");

    @Override
    public Answer run(Question input) {
      return polish.run(new Question(draft.run(input).answer()));
    }
  }

  private static String section(String text) {
    return "[[ ## answer ## ]]\n" + text + "\n\n[[ ## completed ## ]]";
  }

  private static LanguageModel saying(String text) {
    return StreamedModel.inPieces(5, ScriptedModel.answering(asked -> section(text)));
  }

  private static Context context(LanguageModel model) {
    RetrySettings fast =
        RetrySettings.builder().delays(Duration.ofMillis(1), Duration.ofMillis(9)).build();
    return Context.builder().lm(LmPipeline.builder(model).noCache().retry(fast).build()).build();
  }

  private static final Predict<Question, Answer> ASK =
      Predict.of(Question.class, Answer.class, "Answer.");

  @Test
  void tellsAllPredictorsByName() {
    List<String> told = new ArrayList<>();

    Answer answer =
        context(saying("Paris"))
            .call(
                () ->
                    ProgramStream.of(new TwoSteps())
                        .run(
                            new Question("?"),
                            part -> {
                              if (!(part instanceof FieldText)) {
                                told.add(
                                    part.getClass().getSimpleName()
                                        + part.predictor()
                                        + part.call());
                              }
                            }));

    assertThat(answer).isEqualTo(new Answer("Paris"));
    assertThat(told).containsExactly("Answereddraft1", "Answeredpolish2", "Finished0");
  }

  @Test
  void tellsOfPredictorsInContextsThatAreBoundWithin() {
    Context other = context(saying("Rome"));
    Program<Question, Answer> program = input -> other.call(() -> ASK.run(input));
    StringBuilder text = new StringBuilder();

    context(saying("Paris"))
        .call(() -> ProgramStream.of(program).run(new Question("?"), part -> append(text, part)));

    assertThat(text).hasToString("Rome");
  }

  @Test
  void tellsOfWhatWasAskedForOnly() {
    record City(String name, int size) {}
    List<StreamPart> polished = new ArrayList<>();
    List<StreamPart> sized = new ArrayList<>();
    LanguageModel cities =
        ScriptedModel.answering(
            asked -> "[[ ## name ## ]]\nRome\n\n[[ ## size ## ]]\n3\n\n[[ ## completed ## ]]");

    context(saying("Paris"))
        .call(
            () ->
                ProgramStream.of(new TwoSteps())
                    .predictors("polish")
                    .fields("answer")
                    .run(new Question("?"), polished::add));
    context(cities)
        .call(
            () ->
                ProgramStream.of(Predict.of(Question.class, City.class, "?"))
                    .predictors("self")
                    .fields("size")
                    .run(new Question("?"), sized::add));

    assertThat(polished.get(0)).isInstanceOf(FieldText.class);
    assertThat(polished).extracting(StreamPart::predictor).containsOnly("polish", "");
    assertThat(sized)
        .extracting(part -> part.getClass().getSimpleName())
        .containsExactly("FieldValue", "Answered", "Finished");
  }

  @Test
  void refusesNamesThatTheProgramHasNot() {
    ProgramStream<Question, Answer> steps = ProgramStream.of(new TwoSteps());

    assertThatThrownBy(() -> steps.predictors("draft", "polsh"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has no predictor \"polsh\", but [draft, polish]")
        .hasMessageEndingWith("Maybe use \"polish\".");
    assertThatThrownBy(() -> steps.fields("anser"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has no output field \"anser\", but [answer]")
        .hasMessageEndingWith("Maybe use \"answer\".");
    assertThatThrownBy(() -> ProgramStream.of(ASK).predictors("polish"))
        .hasMessageContaining("has no predictor \"polish\", but [self]");
    assertThatThrownBy(() -> ProgramStream.of(ASK).fields("question"))
        .hasMessageContaining("but [answer]");
    ProgramStream.of(ChainOfThought.of(ASK.signature())).fields("reasoning", "answer");
    ProgramStream.of(Compiled.of(new TwoSteps())).predictors("draft", "polish").fields("answer");
    assertThatThrownBy(() -> ProgramStream.of(Compiled.of(new TwoSteps())).predictors("polsh"))
        .hasMessageEndingWith("Maybe use \"polish\".");
    assertThatThrownBy(() -> ProgramStream.of(Compiled.of(ASK)).predictors("polish"))
        .hasMessageEndingWith("Maybe use one of those, or leave the filter out.");
    Program<Question, Answer> lambda = input -> ASK.run(input);
    ProgramStream.of(lambda).predictors("any").fields("any");
  }

  /** A program within, of which the predictors have their own names in the larger one. */
  record WithFrozen(Predict<Question, Answer> draft, Compiled<Question, Answer> polish)
      implements Program<Question, Answer> {
    @Override
    public Answer run(Question input) {
      return polish.run(new Question(draft.run(input).answer()));
    }
  }

  @Test
  void predictorsOfProgramsWithinCanBeNamed() {
    List<String> told = new ArrayList<>();

    context(saying("Paris"))
        .call(
            () ->
                ProgramStream.of(new WithFrozen(ASK, Compiled.of(new TwoSteps())))
                    .predictors("polish")
                    .fields("answer", "of_a_part")
                    .run(
                        new Question("?"),
                        part -> told.add(part.getClass().getSimpleName() + part.predictor())));

    assertThat(told).contains("FieldTextpolish", "Answeredpolish", "Finished");
  }

  @Test
  void streamsCompiledAndDynamicProgramsAndLambdas() {
    List<String> told = new ArrayList<>();
    Context context = context(saying("Paris"));
    var dynamic = Predict.of("question -> answer");
    Program<Question, Answer> lambda = input -> ASK.run(input);

    context.call(
        () ->
            ProgramStream.of(Compiled.of(ASK))
                .run(new Question("?"), part -> told.add(part.predictor())));
    context.call(
        () ->
            ProgramStream.of(dynamic)
                .run(dynamic.inputs(Map.of("question", "?")), part -> told.add(part.predictor())));
    context.call(
        () -> ProgramStream.of(lambda).run(new Question("?"), part -> told.add(part.predictor())));

    assertThat(told).hasSizeGreaterThan(6);
  }

  @Test
  void aRepairTurnWithdrawsWhatWasShown() {
    int[] calls = {0};
    LanguageModel model =
        ScriptedModel.answering(
            asked ->
                calls[0]++ == 0
                    ? "[[ ## name ## ]]\nParis\n\n[[ ## size ## ]]\nlarge\n\n[[ ## completed ## ]]"
                    : "[[ ## name ## ]]\nRome\n\n[[ ## size ## ]]\n3\n\n[[ ## completed ## ]]");
    record City(String name, int size) {}
    List<String> told = new ArrayList<>();

    context(StreamedModel.inPieces(100, model))
        .call(
            () ->
                ProgramStream.of(Predict.of(Question.class, City.class, "?"))
                    .run(
                        new Question("?"),
                        part -> {
                          if (part instanceof FieldText text) {
                            told.add(text.delta());
                          } else if (part instanceof StreamPart.FieldValue value) {
                            told.add(String.valueOf(value.value()));
                          } else if (part instanceof StreamPart.Withdrawn gone) {
                            told.add("withdrawn " + gone.fields());
                          }
                        }));

    assertThat(told).containsExactly("Paris", "withdrawn [name]", "Rome", "3");
  }

  @Test
  void aStreamIsAskedForAgainWhileNoFieldWasShown() {
    LanguageModel script =
        ScriptedModel.answering(asked -> "<think>hm, hm</think>" + section(LONG));
    StreamedModel thinking =
        StreamedModel.inPieces(3, script)
            .breakingFirst(2, 12, () -> new LmException.Unavailable("cut", null, null));
    StringBuilder text = new StringBuilder();

    context(thinking)
        .call(() -> ProgramStream.of(ASK).run(new Question("?"), part -> append(text, part)));

    assertThat(text).hasToString(LONG);
    assertThat(thinking.streams()).isEqualTo(3);
  }

  @Test
  void aStreamThatBreaksAfterAFieldWasShownFailsAndIsPaidFor() {
    StreamedModel model =
        StreamedModel.inPieces(3, ScriptedModel.answering(asked -> section(LONG)))
            .breakingFirst(9, 60, () -> new LmException.TimedOut("slow", null));
    StringBuilder text = new StringBuilder();
    Budget budget = Budget.ofCalls(9);
    Context context = context(model).toBuilder().budget(budget).build();

    assertThatThrownBy(
            () ->
                context.call(
                    () -> ProgramStream.of(ASK).run(new Question("?"), part -> append(text, part))))
        .isInstanceOf(LmException.StreamBroken.class)
        .hasCauseInstanceOf(LmException.TimedOut.class);
    assertThat(text).isNotEmpty();
    assertThat(LONG).startsWith(text);
    assertThat(model.streams()).isEqualTo(1);
  }

  private static void append(StringBuilder text, StreamPart part) {
    if (part instanceof FieldText of) {
      text.append(of.delta());
    }
  }

  @Test
  void whatTheCallbackThrowsComesOutAsItIs() {
    IllegalStateException enough = new IllegalStateException("enough");
    assertThatThrownBy(
            () ->
                context(saying(LONG))
                    .call(
                        () ->
                            ProgramStream.of(ASK)
                                .run(
                                    new Question("?"),
                                    part -> {
                                      throw enough;
                                    })))
        .isSameAs(enough);
  }

  /** Keeps what it is given, and asks for as much as it is told to. */
  private static final class Reader implements Flow.Subscriber<StreamPart> {
    private final BlockingQueue<Object> got = new LinkedBlockingQueue<>();
    private Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription value) {
      subscription = value;
    }

    @Override
    public void onNext(StreamPart part) {
      got.add(part);
    }

    @Override
    public void onError(Throwable error) {
      got.add(error);
    }

    @Override
    public void onComplete() {
      got.add("complete");
    }

    Object next() throws InterruptedException {
      Object next = got.poll(20, TimeUnit.SECONDS);
      assertThat(next).as("what the publisher gives within 20 seconds").isNotNull();
      return next;
    }
  }

  @Test
  void publishesInTheContextOfTheCallAsMuchAsIsAskedFor() throws Exception {
    Reader reader = new Reader();
    context(saying(LONG))
        .call(() -> ProgramStream.of(ASK).publish(new Question("?")))
        .subscribe(reader);

    reader.subscription.request(2);
    StringBuilder text = new StringBuilder();
    append(text, (StreamPart) reader.next());
    append(text, (StreamPart) reader.next());
    assertThat(reader.got.poll(50, TimeUnit.MILLISECONDS)).as("a third part").isNull();
    reader.subscription.request(Long.MAX_VALUE);
    Object last = reader.next();
    while (last instanceof StreamPart part && !(part instanceof StreamPart.Finished)) {
      append(text, part);
      last = reader.next();
    }

    assertThat(text).hasToString(LONG);
    assertThat(last).isEqualTo(new StreamPart.Finished(new Answer(LONG)));
    assertThat(reader.next()).isEqualTo("complete");
  }

  @Test
  void cancellingInterruptsTheRun() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    LanguageModel waiting =
        ScriptedModel.answering(
            request -> {
              asked.countDown();
              try {
                Thread.sleep(60_000);
              } catch (InterruptedException e) {
                interrupted.countDown();
                Thread.currentThread().interrupt();
              }
              return section("late");
            });
    Reader reader = new Reader();
    context(waiting).call(() -> ProgramStream.of(ASK).publish(new Question("?"))).subscribe(reader);
    reader.subscription.request(5);
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

    reader.subscription.cancel();

    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(reader.got).isEmpty();
  }

  @Test
  void errorsAndBadRequestsGoToTheSubscriber() throws Exception {
    Reader failing = new Reader();
    LanguageModel refusing =
        ScriptedModel.replying(
            asked -> {
              throw new LmException.Unauthorized("no key", null);
            });
    context(refusing)
        .call(() -> ProgramStream.of(ASK).publish(new Question("?")))
        .subscribe(failing);
    failing.subscription.request(1);
    assertThat(failing.next()).isInstanceOf(LmException.Unauthorized.class);

    Reader wrong = new Reader();
    context(saying("x"))
        .call(() -> ProgramStream.of(ASK).publish(new Question("?")))
        .subscribe(wrong);
    wrong.subscription.request(0);
    assertThat(wrong.next()).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFullBufferHoldsTheRunUntilPartsAreTaken() throws Exception {
    String text = "word ".repeat(2_000).strip();
    Reader reader = new Reader();
    context(StreamedModel.inPieces(1, ScriptedModel.answering(asked -> section(text))))
        .call(() -> ProgramStream.of(ASK).publish(new Question("?")))
        .subscribe(reader);
    reader.subscription.request(1);
    StringBuilder read = new StringBuilder();
    Object next = reader.next();
    while (!next.equals("complete")) {
      append(read, (StreamPart) next);
      reader.subscription.request(1);
      next = reader.next();
    }

    assertThat(read).hasToString(text);
  }

  @Test
  void nullIsRefused() {
    assertThatThrownBy(() -> ProgramStream.of(null)).isInstanceOf(InvalidInputException.class);
  }
}
