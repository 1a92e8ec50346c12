package dev.hone.optimize.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.context.Context;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.mipro.MiproV2Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-29T09:00:00.5Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  private final RuleModel model =
      RuleModel.of(
          ProposerRules::echo,
          Tickets.rules(
              p -> (p.demos().isEmpty() ? 0.3 : 0.6) + (p.text().contains("Say where") ? 0 : 0.2)));
  private final Context context = Contexts.of(model);

  private Optimized<Ticket, Route, MiproV2Report> mipro(long seed) {
    return context.call(
        () ->
            MiproV2.light()
                .trials(6)
                .seed(seed)
                .compile(new Tickets.Router(), Tickets.data(0, 40, "quartz"), Tickets.metric()));
  }

  private Path file() {
    return folder.resolve("logs/runs.jsonl");
  }

  @Test
  void keepsWhatARunGaveAndGivesItBack() {
    RunLog log = new RunLog(file(), CLOCK);
    assertThat(log.runs()).isEmpty();
    var tuned = mipro(3);

    log.append(tuned, Path.of("tickets.json"));

    LoggedRun run = RunLog.of(file()).runs().get(0);
    assertThat(run.time()).isEqualTo(Instant.parse("2026-11-29T09:00:00Z"));
    assertThat(run.optimizer()).isEqualTo("MiproV2");
    assertThat(run.seed()).isEqualTo(3);
    assertThat(run.scores()).isEqualTo(tuned.compiled().provenance().scores());
    assertThat(run.baseline().orElseThrow().mean())
        .isEqualTo(tuned.report().baseline().scoreMean());
    assertThat(run.best().orElseThrow().mean()).isEqualTo(tuned.report().best().scoreMean());
    assertThat(run.configuration())
        .isEqualTo(tuned.report().configuration())
        .containsOnlyKeys("route.instructions", "route.demos");
    assertThat(run.dataFingerprints()).isEqualTo(tuned.compiled().provenance().dataFingerprints());
    assertThat(run.modelIds()).isEqualTo(tuned.compiled().provenance().modelIds());
    assertThat(run.settings().get("trials").intValue()).isEqualTo(6);
    assertThat(run.finishReason()).isEqualTo(tuned.report().finishReason().name());
    assertThat(run.lmCalls()).isEqualTo(model.seen().size());
    assertThat(run.tokens()).isEqualTo(tuned.report().spend().usage().totalTokens());
    assertThat(run.artifact()).contains("tickets.json");
    var state = tuned.compiled().state().of("route");
    assertThat(RunLog.of(file()).instructions(run, "route")).isEqualTo(state.instructions());
    assertThat(RunLog.of(file()).demos(run, "route")).hasSize(state.demos().size());
    assertThat(run.prompts().get("route").demoCount()).isEqualTo(state.demos().size());
  }

  @Test
  void onlyAddsLinesAndKeepsEqualPromptsOnce() throws IOException {
    RunLog log = new RunLog(file(), CLOCK);
    var tuned = mipro(3);
    log.append(tuned);
    String first = Files.readString(file());
    log.append(tuned);

    assertThat(Files.readString(file())).isEqualTo(first + first);
    try (var files = Files.list(folder.resolve("logs/runs-prompts"))) {
      assertThat(files).hasSize(2);
    }
    assertThat(first.lines()).hasSize(1);
  }

  @Test
  void showsAllRunsAsATable() {
    RunLog log = new RunLog(file(), CLOCK);
    var tuned = mipro(3);
    log.append(tuned);
    log.append(
        context.call(
            () ->
                BootstrapFewShot.defaults()
                    .compile(
                        new Tickets.Router(), Tickets.data(0, 40, "quartz"), Tickets.metric())));

    List<String> lines = log.table().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).matches(" run +time +optimizer +seed +baseline +best +calls +chosen");
    assertThat(lines.get(1))
        .contains(
            "2026-11-29T09:00:00Z",
            "MiproV2",
            tuned.report().baseline().toString(),
            tuned.report().best().toString(),
            "{route.instructions: ");
    assertThat(lines.get(2)).contains("BootstrapFewShot", "none", "{}");
  }

  @Test
  void theColumnsOfTheTableStayAlignedWhateverTheOptimizerIsCalled() throws IOException {
    RunLog log = new RunLog(file(), CLOCK);
    log.append(mipro(3));
    String line = Files.readString(file());
    Files.writeString(
        file(),
        line.replace("\"MiproV2\"", "\"BootstrapFewShotWithRandomSearch\""),
        StandardOpenOption.APPEND);

    List<String> lines = log.table().lines().toList();

    assertThat(lines).hasSize(3);
    int seed = lines.get(0).indexOf("seed");
    assertThat(lines)
        .allMatch(each -> each.charAt(seed - 1) == ' ' && each.charAt(seed + 4) == ' ');
    assertThat(lines.get(1).indexOf("{route")).isEqualTo(lines.get(2).indexOf("{route"));
  }

  @Test
  void showsWhatChangedBetweenTwoRuns() {
    RunLog log = new RunLog(file(), CLOCK);
    var first = mipro(3);
    var second =
        context.call(
            () ->
                BootstrapFewShot.defaults()
                    .maxBootstrappedDemos(1)
                    .maxLabeledDemos(1)
                    .compile(
                        new Tickets.Router(), Tickets.data(0, 40, "quartz"), Tickets.metric()));
    log.append(first);
    log.append(second);

    String diff = log.diff();

    assertThat(diff)
        .contains(
            "optimizer: MiproV2 -> BootstrapFewShot",
            "seed: 3 -> 0",
            "best: %s -> none".formatted(first.report().best()),
            "  - "
                + first
                    .compiled()
                    .state()
                    .of("route")
                    .instructions()
                    .lines()
                    .findFirst()
                    .orElseThrow(),
            "  + " + Tickets.ORIGINAL,
            "route: demos, %d before and 1 now"
                .formatted(first.compiled().state().of("route").demos().size()));
    LoggedRun same = log.runs().get(0);
    assertThat(log.diff(same, same).lines())
        .hasSize(3)
        .anyMatch(line -> line.equals("route: the same instructions"))
        .anyMatch(line -> line.startsWith("route: the same demos"));
  }

  @Test
  void passesOverHalfALineThatACrashLeft() throws IOException {
    RunLog log = new RunLog(file(), CLOCK);
    var tuned = mipro(3);
    log.append(tuned);
    String whole = Files.readString(file());
    Files.writeString(file(), whole.substring(0, 200), StandardOpenOption.APPEND);

    log.append(tuned);

    assertThat(log.runs()).hasSize(2);
    assertThat(Files.readString(file())).startsWith(whole).endsWith(whole);
  }

  @Test
  void passesOverHalfALineWhereverItWasCut() throws IOException {
    RunLog log = new RunLog(file(), CLOCK);
    log.append(mipro(3));
    byte[] whole = Files.readAllBytes(file());
    byte[] accent = "{\"time\":\"\u00e9".getBytes(StandardCharsets.UTF_8);

    for (int cut : List.of(1, 4, accent.length - 1)) {
      Files.write(file(), whole);
      Files.write(file(), Arrays.copyOf(accent, cut), StandardOpenOption.APPEND);
      assertThat(log.runs()).as("cut behind %d bytes", cut).hasSize(1);
      log.append(mipro(3));
      assertThat(log.runs()).as("cut behind %d bytes, then a run", cut).hasSize(2);
    }
  }

  @Test
  void refusesALineWithoutATimeOfARun() throws IOException {
    Path other = folder.resolve("other.jsonl");
    for (String line :
        List.of(
            "{\"time\":\"yesterday\",\"optimizer\":\"MiproV2\"}",
            "{\"optimizer\":\"MiproV2\"}",
            "{\"time\":\"2026-11-29T09:00:00Z\",\"optimizer\":5}")) {
      Files.writeString(other, line + "\n");
      assertThatThrownBy(() -> RunLog.of(other).table())
          .isInstanceOf(RunLogException.class)
          .hasMessageContainingAll("other.jsonl, line 1", "\"time\" and \"optimizer\"", "Maybe");
    }
  }

  @Test
  void takesRunsFromSeveralThreadsAtOnceAndAfterAnInterrupt() throws Exception {
    var tuned = mipro(3);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(new Thread(() -> RunLog.of(file()).append(tuned)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    Thread.currentThread().interrupt();
    RunLog.of(file()).append(tuned);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(RunLog.of(file()).runs()).hasSize(9);
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    Path other = folder.resolve("other.jsonl");
    Files.writeString(other, "{\"a\": 1}\n");
    assertThatThrownBy(() -> RunLog.of(other).runs())
        .isInstanceOf(RunLogException.class)
        .hasMessageContainingAll("other.jsonl, line 1", "Maybe it is another file");
    assertThatThrownBy(() -> RunLog.of(file()).diff())
        .hasMessageContainingAll("there are 0 runs", "Maybe");
    Path blocked = Files.writeString(folder.resolve("blocked"), "x").resolve("runs.jsonl");
    var tuned = mipro(3);
    assertThatThrownBy(() -> RunLog.of(blocked).append(tuned))
        .isInstanceOf(RunLogException.class)
        .hasMessageContaining("Maybe");
  }
}
