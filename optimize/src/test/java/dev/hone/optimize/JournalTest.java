package dev.hone.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ModelIdentity;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.optimize.copro.Copro;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.JitteryModel;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.fewshot.LabeledFewShot;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.mipro.MiproV2Report;
import dev.hone.optimize.randomsearch.BootstrapFewShotWithRandomSearch;
import dev.hone.optimize.search.Search;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.Predict;
import dev.hone.signature.Signature;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Runs with a journal: ended at any call and run again, they find what an unbroken run finds. */
class JournalTest {
  private static final String SECRET = "sk-planted-0123456789abcdef";

  @TempDir private Path folder;

  private final OptimizationTask<Ticket, Route> task =
      OptimizationTask.of(new Tickets.Router(), Tickets.data(0, 30, "quartz"), Tickets.metric());

  /** Answers by rules, counts calls, and fails some of them, by their numbers. */
  private static final class Counting extends ForwardingLanguageModel {
    private final AtomicInteger calls = new AtomicInteger();
    private final IntFunction<LmException> failure;

    Counting(IntFunction<LmException> failure) {
      super(
          new JitteryModel(
              RuleModel.of(
                  ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.3 : 0.8))));
      this.failure = failure;
    }

    static Counting whole() {
      return new Counting(call -> null);
    }

    @Override
    public LmResponse call(LmRequest request) {
      LmException error = failure.apply(calls.incrementAndGet());
      if (error != null) {
        throw error;
      }
      return super.call(request);
    }

    @Override
    public Optional<ModelIdentity> identity() {
      return Optional.of(ModelIdentity.of(id(), "https://me:pw@example.test/v1?key=abc", SECRET));
    }
  }

  private static String artifact(Optimized<?, ?, ?> found) {
    ObjectNode all = found.compiled().toJson();
    ((ObjectNode) all.path("provenance")).remove("createdAt");
    return Json.pretty(all);
  }

  private static Context of(Counting model) {
    return Context.builder().lm(LmPipeline.builder(model).maxInFlight(4).build()).build();
  }

  static Stream<Optimizer<?>> all() {
    return Stream.of(
        LabeledFewShot.defaults(),
        BootstrapFewShot.defaults(),
        BootstrapFewShotWithRandomSearch.defaults().candidatePrograms(3),
        Copro.defaults().breadth(3).depth(1),
        MiproV2.light().trials(4).seed(1),
        MiproV2.light().trials(4).seed(1).proposalRounds(2).search(Search.tpe()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aRunThatIsStoppedAndResumedFindsWhatAnUnbrokenOneFinds(Optimizer<?> optimizer) {
    Counting whole = Counting.whole();
    Optimized<?, ?, ?> unbroken = of(whole).call(() -> optimizer.compile(task));
    Optimizer<?> journaled = optimizer.journal(folder.resolve("run"));
    int paid = 0;

    for (int budget = 3; budget < whole.calls.get(); budget += 41) {
      Counting model = Counting.whole();
      Budget calls = Budget.ofCalls(budget);
      try {
        of(model).toBuilder().budget(calls).build().call(() -> journaled.compile(task));
      } catch (LmException.BudgetExhausted | InvalidInputException e) {
        assertThat(e).hasMessageContaining("budget");
      }
      paid += model.calls.get();
      assertThat(paid).isLessThanOrEqualTo(budget);
    }
    Counting last = Counting.whole();
    Optimized<?, ?, ?> resumed = of(last).call(() -> journaled.compile(task));

    assertThat(artifact(resumed)).isEqualTo(artifact(unbroken));
    assertThat(resumed.report().spend()).isEqualTo(unbroken.report().spend());
    assertThat(paid + last.calls.get()).isEqualTo(whole.calls.get());
  }

  @Test
  void aFinishedRunGivesTheSameAgainWithoutAnyCall() throws IOException {
    Optimizer<MiproV2Report> journaled = MiproV2.light().trials(4).seed(1).journal(folder);
    Optimized<?, ?, MiproV2Report> first = of(Counting.whole()).call(() -> journaled.compile(task));
    byte[] written = Files.readAllBytes(journal());

    Counting model = Counting.whole();
    Optimized<?, ?, MiproV2Report> again = of(model).call(() -> journaled.compile(task));

    assertThat(model.calls).hasValue(0);
    assertThat(artifact(again)).isEqualTo(artifact(first));
    assertThat(again.report().spend()).isEqualTo(first.report().spend());
    assertThat(again.report().spendByModel()).isEqualTo(first.report().spendByModel());
    assertThat(again.report().durationByModel()).isEqualTo(first.report().durationByModel());
    assertThat(Files.readAllBytes(journal())).isEqualTo(written);
  }

  @Test
  void outagesAreAskedAgainOnResumeAndFailuresOfTheRequestAreNot() {
    Optimizer<?> journaled =
        BootstrapFewShotWithRandomSearch.defaults().candidatePrograms(2).journal(folder);
    Counting refusing =
        new Counting(
            call ->
                call == 5
                    ? new LmException.ContextWindowExceeded("too long", null)
                    : call == 9 ? new LmException.ProviderFailed("a bug", null) : null);
    int most = 40;
    Context small = Contexts.of(refusing, 1).toBuilder().budget(Budget.ofCalls(most)).build();
    small.call(
        () -> {
          try {
            return journaled.compile(task);
          } catch (LmException.BudgetExhausted e) {
            return null;
          }
        });

    Counting model = Counting.whole();
    Optimized<?, ?, ?> resumed = Contexts.of(model, 1).call(() -> journaled.compile(task));
    Counting again = Counting.whole();
    Optimized<?, ?, ?> third = Contexts.of(again, 1).call(() -> journaled.compile(task));

    assertThat(again.calls).hasValue(0);
    assertThat(artifact(third)).isEqualTo(artifact(resumed));
    assertThat(lines("\"kind\":\"ContextWindowExceeded\"")).isEqualTo(1);
  }

  @Test
  void outagesOfAFinishedRunAreReplayedToo() {
    Optimizer<?> journaled =
        BootstrapFewShotWithRandomSearch.defaults().candidatePrograms(2).journal(folder);
    Counting flaky =
        new Counting(
            call -> call % 13 == 0 ? new LmException.Unavailable("down", null, null) : null);
    Optimized<?, ?, ?> first = Contexts.of(flaky).call(() -> journaled.compile(task));

    Counting model = Counting.whole();
    Optimized<?, ?, ?> again = Contexts.of(model).call(() -> journaled.compile(task));

    assertThat(model.calls).hasValue(0);
    assertThat(artifact(again)).isEqualTo(artifact(first));
    assertThat(again.report().spend()).isEqualTo(first.report().spend());
  }

  @Test
  void aJudgeOnAModelOfItsOwnIsReplayedUnderAnyContext() {
    Counting judgeModel = Counting.whole();
    LmPipeline judgePipeline = LmPipeline.builder(judgeModel).build();
    Context own = Context.builder().lm(judgePipeline).build();
    Predict<ObjectNode, ObjectNode> judge = Predict.of(Signature.parse("text -> label"));
    Metric<Ticket, Route> metric =
        (example, output, run) -> {
          ObjectNode asked = Json.object().put("text", example.input().text());
          own.call(() -> judge.run(asked));
          judge.on(judgePipeline).run(asked);
          return Score.of(output.equals(example.expected()) ? 1 : 0);
        };
    OptimizationTask<Ticket, Route> judged =
        OptimizationTask.of(task.student(), task.trainset(), metric);
    Optimizer<?> journaled =
        BootstrapFewShotWithRandomSearch.defaults().candidatePrograms(2).journal(folder);
    of(Counting.whole()).call(() -> journaled.compile(judged));
    int calls = judgeModel.calls.get();

    Counting model = Counting.whole();
    of(model).call(() -> journaled.compile(judged));

    assertThat(calls).isPositive();
    assertThat(judgeModel.calls).hasValue(calls);
    assertThat(model.calls).hasValue(0);
  }

  @Test
  void anotherRunIsRefusedWithTheDifferenceInWords() {
    MiproV2 light = MiproV2.light().trials(4).seed(1);
    of(Counting.whole()).call(() -> light.journal(folder).compile(task));
    List<Example<Ticket, Route>> rows = new ArrayList<>(task.trainset().examples());
    rows.remove(0);
    rows.set(0, Example.of(rows.get(0).input(), new Route("elsewhere")));
    rows.add(Tickets.ticket(77, "quartz"));
    OptimizationTask<Ticket, Route> other = task.withTrainset(Dataset.of(rows));
    Counting model = Counting.whole();

    assertThatThrownBy(
            () -> of(model).call(() -> light.trials(6).seed(2).journal(folder).compile(other)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "is of another run",
            "the setting trials was 4, and is 6 now",
            "the setting seed was 1, and is 2 now",
            "the trainset has 1 example added, 1 example removed, 1 example changed",
            "Maybe");
    assertThat(model.calls).hasValue(0);
  }

  @Test
  void aChangedInstructionIsNamed() {
    Optimizer<?> journaled = MiproV2.light().trials(4).seed(1).journal(folder);
    of(Counting.whole()).call(() -> journaled.compile(task));
    Tickets.Router given = new Tickets.Router();
    Tickets.Router other =
        new Tickets.Router(
            given.route().withState(given.route().state().withInstructions("Sort.")));

    assertThatThrownBy(
            () ->
                of(Counting.whole())
                    .call(
                        () ->
                            journaled.compile(
                                OptimizationTask.of(other, task.trainset(), task.metric()))))
        .hasMessageContaining("the instruction of the predictor route has changed");
  }

  @Test
  void whatIsDamagedIsSetAsideAndTheRestIsUsed() throws IOException {
    MiproV2 light = MiproV2.light().trials(4).seed(1);
    Counting whole = Counting.whole();
    Optimized<?, ?, ?> first = of(whole).call(() -> light.journal(folder).compile(task));
    long size = Files.size(journal());
    try (RandomAccessFile file = new RandomAccessFile(journal().toFile(), "rw")) {
      file.seek(size / 2);
      file.write(0);
      file.setLength(size - 100);
    }

    Counting model = Counting.whole();
    Optimized<?, ?, ?> resumed = of(model).call(() -> light.journal(folder).compile(task));

    assertThat(artifact(resumed)).isEqualTo(artifact(first));
    assertThat(model.calls.get()).isLessThanOrEqualTo(2);
    assertThat(folder.resolve("damaged-1.txt")).isNotEmptyFile();
  }

  @Test
  void repliesOutliveTheLinesThatSayOfWhichRunTheyAre() throws IOException {
    MiproV2 light = MiproV2.light().trials(4).seed(1);
    Optimized<?, ?, ?> first = of(Counting.whole()).call(() -> light.journal(folder).compile(task));
    List<String> lines = Files.readAllLines(journal());
    for (int head = 0; head < 2; head++) {
      lines.set(head, lines.get(head).replace("\"hone\"", "\"gone\""));
    }
    Files.write(journal(), lines);

    Counting model = Counting.whole();
    Optimized<?, ?, ?> resumed = of(model).call(() -> light.journal(folder).compile(task));

    assertThat(model.calls).hasValue(0);
    assertThat(artifact(resumed)).isEqualTo(artifact(first));
  }

  @Test
  void aForeignFileIsRefusedAndLeftAsItIs() throws IOException {
    Files.writeString(journal(), "my diary\n");
    Counting model = Counting.whole();

    assertThatThrownBy(
            () -> of(model).call(() -> MiproV2.light().trials(4).journal(folder).compile(task)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is no journal of a run");
    assertThat(journal()).hasContent("my diary");
    assertThat(model.calls).hasValue(0);
  }

  @Test
  void aSecondRunOnTheSameFolderIsRefused() {
    Optimizer<?> journaled = BootstrapFewShot.defaults().journal(folder);
    List<Throwable> refused = new ArrayList<>();
    Metric<Ticket, Route> metric =
        (example, output, run) -> {
          synchronized (refused) {
            if (refused.isEmpty()) {
              try {
                journaled.compile(task);
              } catch (InvalidInputException e) {
                refused.add(e);
              }
            }
          }
          return Score.of(1);
        };

    of(Counting.whole()).call(() -> journaled.compile(task.student(), task.trainset(), metric));

    assertThat(refused)
        .singleElement()
        .satisfies(e -> assertThat(e).hasMessageContaining("is being written by another run"));
  }

  @Test
  void aRunOfWhichNothingIsWrittenMayBeAnother() {
    Counting down = new Counting(call -> new LmException.Unauthorized("no", null));
    MiproV2 light = MiproV2.light().trials(4);

    assertThatThrownBy(() -> of(down).call(() -> light.seed(1).journal(folder).compile(task)))
        .isInstanceOf(LmException.Unauthorized.class);
    Optimized<?, ?, ?> other =
        of(Counting.whole()).call(() -> light.seed(2).journal(folder).compile(task));

    assertThat(other.report().finishReason()).isNotEqualTo(FinishReason.FAILED);
  }

  @Test
  void holdsNoCredential() throws IOException {
    MiproV2 light = MiproV2.light().trials(4).seed(1);
    of(Counting.whole()).call(() -> light.journal(folder).compile(task));

    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file)).doesNotContain(SECRET, "me:pw", "key=abc");
      }
    }
    assertThat(Files.readString(journal())).contains("https://example.test/v1");
  }

  private Path journal() {
    return folder.resolve("journal.jsonl");
  }

  private long lines(String words) {
    try (Stream<String> lines = Files.lines(journal())) {
      return lines.filter(line -> line.contains(words)).count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
