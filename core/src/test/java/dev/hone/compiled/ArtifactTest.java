package dev.hone.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.adapter.Adapter;
import dev.hone.compiled.Provenance.MeasuredScore;
import dev.hone.json.Json;
import dev.hone.lm.FakeModel;
import dev.hone.program.Predict;
import dev.hone.program.PredictorState;
import dev.hone.program.Predictors;
import dev.hone.program.ProgramRunner;
import dev.hone.program.ProgramState;
import dev.hone.program.Programs;
import dev.hone.program.Programs.Answer;
import dev.hone.program.Programs.Hop;
import dev.hone.program.Programs.Judged;
import dev.hone.program.Programs.Question;
import dev.hone.program.TraceStep;
import dev.hone.prompt.Demo;
import dev.hone.signature.Signature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class ArtifactTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T18:30:00.123Z"), ZoneOffset.UTC);

  private static final Pattern ENVIRONMENT =
      Pattern.compile(
          "\"environment\" : \\{\\s+\"java\" : \"[^\"]+\",\\s+\"os\" : \"[^\"]+\",\\s+"
              + "\"honeVersion\" : \"[^\"]+\"\\s+}");

  @TempDir private Path folder;

  private static Compiled<Question, Judged> judge() {
    Demo demo =
        new Demo(
            Programs.json("{'question': 'Grüße 👋?'}"),
            Programs.json("{'mood': 'GOOD', 'reasons': ['kind', 'a \\\"quote\\\"']}"),
            Demo.Origin.BOOTSTRAPPED,
            "0a1b");
    Demo partial =
        new Demo(
            Programs.json("{'question': 'Hm?'}"),
            Programs.json("{'mood': 'BAD'}"),
            Demo.Origin.LABELED,
            "");
    return Compiled.of(
        Programs.judge(),
        Programs.state("self", "Judge\nthe question.", demo, partial),
        Programs.provenance());
  }

  @Test
  void writesTheFileThatTheFormatDescribes() throws Exception {
    Path file = folder.resolve("judge.json");

    judge().save(file, CLOCK);

    assertThat(withoutEnvironment(Files.readString(file)))
        .isEqualTo(
            withoutEnvironment(SavedPrograms.resource("v2/judge.json"))
                .replace("chat/1", Adapter.chat().id())); // the file was written under version 1
  }

  @Test
  void readsBackWhatItWrote() {
    Path file = folder.resolve("judge.json");
    Compiled<Question, Judged> compiled = judge();

    compiled.save(file);
    Compiled<Question, Judged> loaded = Compiled.load(Programs.judge(), file);

    assertThat(loaded.state()).isEqualTo(compiled.state());
    assertThat(loaded.state().fingerprint()).isEqualTo(compiled.state().fingerprint());
    assertThat(loaded.provenance().toString()).isEqualTo(compiled.provenance().toString());
    assertThat(text(loaded)).isEqualTo(text(compiled));
    assertThat(Compiled.fromJson(Programs.judge(), compiled.toJson()).state())
        .isEqualTo(compiled.state());
  }

  @Test
  void loadsWhatTheFirstVersionWrote() throws Exception {
    Path file = folder.resolve("judge.json");
    Files.writeString(file, SavedPrograms.resource("v1/judge.json"));

    assertThat(Compiled.load(Programs.judge(), file).state()).isEqualTo(judge().state());
  }

  @Test
  void sendsTheSameRequestsAfterReloading() {
    FakeModel model =
        FakeModel.answering(request -> FakeModel.chat("mood", "BAD", "reasons", "[]"));
    Path file = folder.resolve("judge.json");
    judge().save(file);

    Compiled<Question, Judged> loaded = Compiled.load(Programs.judge(), file);

    assertThat(model.context().call(() -> loaded.render(new Question("?"))))
        .isEqualTo(model.context().call(() -> judge().render(new Question("?"))));
  }

  @Test
  void givesEqualBytesForEqualContent() throws Exception {
    judge().save(folder.resolve("1.json"), CLOCK);
    judge().save(folder.resolve("2.json"), CLOCK);
    Compiled.load(Programs.judge(), folder.resolve("1.json")).save(folder.resolve("3.json"), CLOCK);

    assertThat(folder.resolve("2.json")).hasSameBinaryContentAs(folder.resolve("1.json"));
    assertThat(folder.resolve("3.json")).hasSameBinaryContentAs(folder.resolve("1.json"));
    assertThat(Files.readString(folder.resolve("1.json"))).doesNotContain("\r").endsWith("}\n");
  }

  @Test
  void keepsNumbersDatesAndNestedValuesOfDemosExactly() {
    Signature<ObjectNode, ObjectNode> signature =
        Signature.parse(
            "when: date, n: int, any: json -> x: float, tags: set[str], m: dict[str, int]");
    Predict<ObjectNode, ObjectNode> predict = Predict.of(signature);
    Demo demo =
        new Demo(
            signature
                .input()
                .encode(
                    Programs.json(
                        "{'when': '2026-11-21', 'n': 9007199254740993, 'any': {'a': [1.5,"
                            + " null]}}")),
            signature
                .output()
                .encode(Programs.json("{'x': 0.1, 'tags': ['b', 'a'], 'm': {'z': 1, 'a': 2}}")),
            Demo.Origin.LABELED,
            "");
    Compiled<ObjectNode, ObjectNode> compiled =
        Compiled.of(predict, Programs.state("self", "x", demo), Programs.provenance());

    Compiled<ObjectNode, ObjectNode> loaded =
        Compiled.fromJson(predict, (ObjectNode) Json.parse(Json.write(compiled.toJson())));

    assertThat(Json.write(loaded.state().toJson()))
        .isEqualTo(Json.write(compiled.state().toJson()));
    assertThat(loaded.state().of("self").demos().get(0).outputs()).isEqualTo(demo.outputs());
  }

  @Test
  void keepsEachPredictorOfALargerProgramApart() {
    Hop hop = Hop.create();
    ProgramState state =
        Predictors.of(hop)
            .initialState()
            .with("query", new PredictorState("Q.", List.of()))
            .with("answer", new PredictorState("A.", List.of(Programs.demo("q", "a"))));
    Path file = folder.resolve("hop.json");

    Compiled.of(hop, state, Programs.provenance()).save(file);

    assertThat(Compiled.load(Hop.create(), file).state()).isEqualTo(state);
    assertThat(Compiled.load(Hop.create(), file).toJson().get("predictors").propertyNames())
        .containsExactly("query", "answer");
  }

  @Test
  void makesMissingFoldersAndReplacesTheFileAsAWhole() throws Exception {
    Path file = folder.resolve("a/b/judge.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "old".repeat(10_000));

    judge().save(file);
    judge().save(folder.resolve("c/d/judge.json"));

    assertThat(Compiled.load(Programs.judge(), file).state()).isEqualTo(judge().state());
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void leavesNothingBehindWhereItCannotSave() throws Exception {
    Path occupied = Files.createDirectory(folder.resolve("judge.json"));
    Path underFile = Files.createFile(folder.resolve("file")).resolve("judge.json");

    for (Path file : List.of(occupied, underFile)) {
      assertThatThrownBy(() -> judge().save(file))
          .isInstanceOf(ArtifactException.class)
          .hasMessageContainingAll(file.toString(), "cannot be saved", "folder", "Maybe")
          .hasMessageNotContaining("Exception")
          .extracting(e -> ((ArtifactException) e).problem())
          .isEqualTo(ArtifactException.Problem.NOT_WRITABLE);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void neverHoldsACredential() throws Exception {
    FakeModel model = FakeModel.answering(request -> FakeModel.chat("answer", "42"));
    Predict<Question, Answer> program = Programs.answerer("Answer.");
    ProgramRunner<Question, Answer> runner = new ProgramRunner<>(program);
    TraceStep step =
        model
            .context()
            .call(() -> runner.trace(runner.predictors().initialState(), new Question("?")))
            .steps()
            .get(0);
    Demo demo = new Demo(step.inputs(), step.outputs(), Demo.Origin.BOOTSTRAPPED, "id");
    String key = FakeModel.KEY;
    ObjectNode settings = Json.object().put("model", "Model[key=" + key + "]");
    settings
        .putArray("failures")
        .addObject()
        .put("message", "401 for Authorization: Bearer " + key);
    settings.put("url", "http://me:" + key + "@host/v1?api_key=" + key);
    Provenance provenance =
        Provenance.builder("Test " + key)
            .settings(settings, 0)
            .scores(List.of(new MeasuredScore("baseline with " + key, 0, 0, 0, 1)))
            .dataFingerprints(Map.of("trainset", "https://host/data?token=" + key))
            .modelIds(
                Map.of(
                    "task", model.id(),
                    "prompt", "vendor:m@https://host/v1?key=" + key,
                    "teacher", "openai:" + key))
            .build();
    Path file = folder.resolve("answer.json");

    Compiled.of(program, Programs.state("self", "Answer.", demo), provenance).save(file);

    String text = Files.readString(file);
    assertThat(text).contains("fake:model", "401 for Authorization", "baseline with");
    assertThat(text).doesNotContain(key, key.substring("sk-".length()));
  }

  @Test
  void cutsUserAndQueryOffAUrlInAModelsId() {
    Provenance provenance =
        Provenance.builder("Test")
            .settings(Json.object(), 0)
            .scores(List.of())
            .dataFingerprints(Map.of())
            .modelIds(
                Map.of(
                    "task", "openai-compatible:m@https://me:secret@host:8080/v1?key=sk-1#x",
                    "teacher", "openai:gpt@2026?"))
            .build();

    ObjectNode json =
        Compiled.of(Programs.judge(), Programs.state("self", "x"), provenance).toJson();

    assertThat(json.get("provenance").get("modelIds"))
        .isEqualTo(
            Programs.json(
                "{'task': 'openai-compatible:m@https://host:8080/v1', 'teacher':"
                    + " 'openai:gpt@2026?'}"));
  }

  private static String withoutEnvironment(String text) {
    assertThat(text).containsPattern(ENVIRONMENT);
    return ENVIRONMENT.matcher(text).replaceAll("\"environment\" : {}");
  }

  private static String text(Compiled<?, ?> compiled) {
    return withoutEnvironment(new ArtifactWriter(CLOCK).toText(compiled));
  }
}
