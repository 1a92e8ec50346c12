package dev.hone.optimize.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.compiled.Compiled;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.mipro.MiproV2Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The layout that MLflow's file store reads, checked once against mlflow-skinny; see formats.md.
 */
class MlflowFilesTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(1_790_000_000_000L), ZoneOffset.UTC);

  @TempDir Path folder;

  private static Optimized<Ticket, Route, MiproV2Report> tuned() {
    RuleModel model =
        RuleModel.of(ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.3 : 0.8));
    return Contexts.of(model)
        .call(
            () ->
                MiproV2.light()
                    .trials(4)
                    .seed(5)
                    .compile(
                        new Tickets.Router(), Tickets.data(0, 40, "quartz"), Tickets.metric()));
  }

  private static String read(Path run, String name) throws IOException {
    return Files.readString(run.resolve(name));
  }

  @Test
  void writesParametersMetricsTagsAndArtifacts() throws IOException {
    var tuned = tuned();

    Path run = new MlflowFiles(folder, "it's tickets", CLOCK).write(tuned);

    assertThat(run.getParent().getParent()).isEqualTo(folder);
    assertThat(read(run, "params/optimizer")).isEqualTo("MiproV2");
    assertThat(read(run, "params/seed")).isEqualTo("5");
    assertThat(read(run, "params/trials")).isEqualTo("4");
    assertThat(read(run, "params/model.task")).isEqualTo("rules");
    assertThat(read(run, "metrics/best_on_the_validation_set"))
        .isEqualTo("1790000000000 %s 0\n".formatted(tuned.report().best().scoreMean()));
    assertThat(read(run, "metrics/lm_calls"))
        .isEqualTo("1790000000000 %s.0 0\n".formatted(tuned.report().spend().lmCalls()));
    assertThat(read(run, "tags/route.demos"))
        .isEqualTo(String.valueOf(tuned.report().configuration().get("route.demos")));
    assertThat(read(run, "artifacts/route.instructions.txt"))
        .isEqualTo(tuned.compiled().state().of("route").instructions());
    assertThat(read(run, "artifacts/report.txt")).isEqualTo(tuned.report().toString());
    assertThat(Compiled.load(new Tickets.Router(), run.resolve("artifacts/program.json")).state())
        .isEqualTo(tuned.compiled().state());
  }

  @Test
  void describesRunAndExperimentAsMlflowDoes() throws IOException {
    Path run = new MlflowFiles(folder, "it's tickets", CLOCK).write(tuned());

    List<String> meta = Files.readAllLines(run.resolve("meta.yaml"));
    String id = run.getFileName().toString();
    String experiment = run.getParent().getFileName().toString();
    assertThat(id).matches("[0-9a-f]{32}");
    assertThat(meta)
        .contains(
            "end_time: 1790000000000",
            "experiment_id: '" + experiment + "'",
            "lifecycle_stage: active",
            "run_id: '" + id + "'",
            "run_name: 'MiproV2-" + id.substring(0, 8) + "'",
            "source_type: 4",
            "status: 3",
            "tags: []")
        .anyMatch(line -> line.startsWith("artifact_uri: 'file:///"));
    assertThat(Files.readAllLines(run.resolveSibling("meta.yaml")))
        .contains(
            "experiment_id: '" + experiment + "'",
            "name: 'it''s tickets'",
            "lifecycle_stage: active");
  }

  @Test
  void putsRunsOfOneNameIntoOneExperimentAlsoOneThatMlflowMade() throws IOException {
    var tuned = tuned();
    Files.createDirectories(folder.resolve("77"));
    Files.writeString(folder.resolve("77/meta.yaml"), "experiment_id: '77'\nname: 'theirs'\n");

    Path first = MlflowFiles.of(folder, "ours").write(tuned);
    Path second = MlflowFiles.of(folder, "ours").write(tuned);

    assertThat(second.getParent()).isEqualTo(first.getParent());
    assertThat(second).isNotEqualTo(first);
    assertThat(MlflowFiles.of(folder, "theirs").write(tuned).getParent())
        .isEqualTo(folder.resolve("77"));
  }

  @Test
  void passesOverAnExperimentWhoseDescriptionIsDamaged() throws IOException {
    Files.createDirectories(folder.resolve("1"));
    Files.write(folder.resolve("1/meta.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

    Path run = MlflowFiles.of(folder, "ours").write(tuned());

    assertThat(Files.readAllLines(run.resolveSibling("meta.yaml"))).contains("name: 'ours'");
  }
}
