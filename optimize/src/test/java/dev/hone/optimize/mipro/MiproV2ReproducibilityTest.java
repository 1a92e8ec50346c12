package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.lm.LanguageModel;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.JitteryModel;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.Relay;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.Search;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiproV2ReproducibilityTest {
  @TempDir Path folder;

  private static RuleModel relayModel() {
    return RuleModel.of(
        ProposerRules::echo,
        Relay.rules(
            p -> p.instructions().contains("quartz") ? 0.8 : 0.4,
            p -> 0.4 + 0.1 * p.demos().size()));
  }

  private static MiproV2 settings() {
    return MiproV2.light()
        .search(Search.tpe())
        .instructionCandidates(3)
        .demoSets(4)
        .trials(12)
        .minibatch(true)
        .minibatchSize(10)
        .proposalRounds(2)
        .trialsInFlight(3)
        .maxLabeledDemos(4);
  }

  /** The saved file, but for the time and the environment. */
  private String artifact(Optimized<?, ?, ?> optimized) throws Exception {
    Path file = folder.resolve("program.json");
    optimized.save(file);
    return Files.readString(file)
        .replaceAll("\"createdAt\" ?: ?\"[^\"]*\"", "")
        .replaceAll("(?s)\"environment\" ?: ?\\{[^}]*}", "");
  }

  private static List<EvaluationRequest> asks(MiproV2Report report) {
    return report.trials().stream().map(TrialRecord::request).toList();
  }

  @Test
  void savesTheSameFileWithOneAndWithSixteenCallsInFlight() throws Exception {
    Set<String> artifacts = new HashSet<>();
    Set<List<EvaluationRequest>> searches = new HashSet<>();

    for (int maxInFlight : new int[] {1, 16, 16, 5}) {
      LanguageModel model = new JitteryModel(relayModel());
      var optimized = Trial.run(Contexts.of(model, maxInFlight), settings(), Trial.relay());
      artifacts.add(artifact(optimized));
      searches.add(asks(optimized.report()));
    }

    assertThat(artifacts).hasSize(1);
    assertThat(searches).hasSize(1);
  }

  @Test
  void takesZeroAsASeed() {
    Set<List<EvaluationRequest>> searches = new HashSet<>();

    for (long seed : new long[] {0, 0, 1, 9}) {
      var optimized = Trial.run(Contexts.of(relayModel()), settings().seed(seed), Trial.relay());
      searches.add(asks(optimized.report()));
      assertThat(optimized.compiled().provenance().seed()).isEqualTo(seed);
    }

    assertThat(searches).hasSize(3);
  }

  @Test
  void paysForNoPromptTwice() {
    RuleModel model = RuleModel.of(ProposerRules::echo, Tickets.rules(p -> 0.5));

    MiproV2Report report = Trial.run(model, Trial.minibatches().trials(30)).report();

    Map<List<Object>, Long> counts =
        model.seen().stream()
            .collect(
                Collectors.groupingBy(p -> List.of(p.text(), p.options()), Collectors.counting()));
    assertThat(counts.values()).containsOnly(1L);
    assertThat(report.trials())
        .anyMatch(trial -> trial.request().choice() == EvaluationRequest.Choice.PROMOTED);
  }

  @Test
  void paysAgainWhenTheCompileCacheIsOff() {
    RuleModel model = RuleModel.of(ProposerRules::echo, Tickets.rules(p -> 0.5));

    Trial.run(model, Trial.minibatches().trials(30).compileCache(false));

    assertThat(model.seen().stream().map(SeenPrompt::text).distinct().count())
        .isLessThan(model.seen().size());
  }

  /** One compile with its own model, data and metadata, and what its listener was told. */
  private record Tenant(String name, RuleModel model, Queue<Map<String, String>> metadata) {
    static Tenant of(String name) {
      return new Tenant(
          name,
          new RuleModel(
              name,
              p ->
                  ProposerRules.asked(p)
                      ? ProposerRules.echo(p)
                      : Tickets.rules(seen -> 0.5).apply(p)),
          new ConcurrentLinkedQueue<>());
    }

    Optimized<Ticket, Route, MiproV2Report> compile() {
      Dataset<Ticket, Route> trainset = Tickets.data(0, 40, name);
      OptimizationTask<Ticket, Route> task =
          OptimizationTask.of(new Tickets.Router(), trainset, Tickets.metric())
              .withValset(Tickets.data(40, 80, name));
      Context context =
          Contexts.of(new JitteryModel(model)).toBuilder()
              .metadata(Context.TENANT, name)
              .listener((event, data) -> metadata.add(data))
              .build();
      return Trial.run(context, Trial.minibatches(), task);
    }
  }

  @Test
  void doesNotMixTwoCompilesAtTheSameTime() throws Exception {
    List<Tenant> tenants = List.of(Tenant.of("quartz"), Tenant.of("garnet"));
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);

    List<Future<Optimized<Ticket, Route, MiproV2Report>>> running = new ArrayList<>();
    for (Tenant tenant : tenants) {
      running.add(
          threads.submit(
              () -> {
                together.await();
                return tenant.compile();
              }));
    }
    List<Optimized<Ticket, Route, MiproV2Report>> results = new ArrayList<>();
    for (var future : running) {
      results.add(future.get());
    }
    threads.shutdown();

    for (int i = 0; i < 2; i++) {
      Tenant tenant = tenants.get(i);
      String other = tenants.get(1 - i).name();
      assertThat(tenant.model().seen()).noneMatch(p -> p.text().contains(other));
      assertThat(tenant.metadata())
          .isNotEmpty()
          .allMatch(data -> data.equals(Map.of(Context.TENANT, tenant.name())));
      assertThat(results.get(i).report().datasetSummary()).contains(tenant.name());
      assertThat(results.get(i).report().spend().lmCalls()).isEqualTo(tenant.model().seen().size());
      assertThat(artifact(results.get(i))).isEqualTo(artifact(Tenant.of(tenant.name()).compile()));
    }
  }
}
