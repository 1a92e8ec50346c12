package dev.hone.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.adapter.Adapter;
import dev.hone.compiled.ArtifactException.Problem;
import dev.hone.json.Json;
import dev.hone.program.Predict;
import dev.hone.program.Programs;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** What earlier versions of Hone saved. */
class ArtifactVersionsTest {
  static Stream<Arguments> files() {
    return Stream.of("v1", "v2")
        .flatMap(version -> SavedPrograms.NAMES.stream().map(name -> Arguments.of(version, name)));
  }

  static List<String> names() {
    return SavedPrograms.NAMES;
  }

  @ParameterizedTest
  @MethodSource("files")
  void rendersTheRequestsOfTheVersionThatSavedIt(String version, String name) {
    String recorded = SavedPrograms.resource("v1/" + name + ".requests.json");

    Compiled<?, ?> loaded = SavedPrograms.load(version, name);

    assertThat(SavedPrograms.rendered(loaded, recorded))
        .isEqualTo(SavedPrograms.inLayoutsOfToday(recorded));
  }

  @ParameterizedTest
  @MethodSource("names")
  void savesWhatItLoadedInTheFormatOfToday(String name) {
    assertThat(SavedPrograms.inFormatOfToday(SavedPrograms.load("v1", name)))
        .isEqualTo(SavedPrograms.resource("v2/" + name + ".json").replace("chat/1", "chat/2"));
  }

  @Test
  void doesNotKnowThePromptFormatOfAFileOfFormatOne() {
    Compiled<?, ?> loaded = SavedPrograms.load("v1", "copro");

    assertThat(loaded.promptFormat()).isEmpty();
    assertThat(loaded.notes()).isEmpty();
    assertThat(loaded.toJson().has("promptFormat")).isFalse();
  }

  @Test
  void comparesAFileOfFormatOneByTheWordsOfItsTime() {
    ObjectNode saved = (ObjectNode) Json.parse(SavedPrograms.resource("v1/judge.json"));

    ArtifactException error =
        catchThrowableOfType(
            ArtifactException.class,
            () -> Compiled.fromJson(Predict.of("question -> mood, reasons: set[str]"), saved));

    assertThat(error.problem()).isEqualTo(Problem.SIGNATURE_CHANGED);
    assertThat(error)
        .hasMessageContainingAll(
            "output `mood` was one of GOOD | BAD and is text",
            "output `reasons` was list of text and is set of text");
  }

  @Test
  void doesNotTellAnIntFromALongInAFileOfFormatOneOnly() {
    Predict<?, ?> asInt = Predict.of(Programs.Question.class, Votes.class);
    Predict<?, ?> asLong = Predict.of("question -> votes: int");
    ObjectNode saved = Compiled.of(asInt).toJson();
    ObjectNode old = saved.deepCopy().put("formatVersion", 1);
    ObjectNode signature = VersionOneTypeWords.describe(asInt.signature());
    signature.put("fingerprint", Json.fingerprint(signature));
    ((ObjectNode) old.get("predictors").get("self")).set("signature", signature);

    assertThat(Compiled.fromJson(asLong, old).state().byPredictor()).containsKey("self");
    assertThat(
            catchThrowableOfType(ArtifactException.class, () -> Compiled.fromJson(asLong, saved)))
        .hasMessageContaining("output `votes` was int32 and is int64");
  }

  record Votes(int votes) {}

  @Test
  void notesAPromptFormatOtherThanThatOfTheContext() {
    Predict<?, ?> program = Programs.judge();
    Compiled<?, ?> tuned = SavedPrograms.context(Adapter.json()).call(() -> Compiled.of(program));

    Compiled<?, ?> elsewhere = Compiled.fromJson(program, tuned.toJson());
    Compiled<?, ?> sameContext =
        SavedPrograms.context(Adapter.json())
            .call(() -> Compiled.fromJson(program, tuned.toJson()));

    assertThat(tuned.promptFormat()).contains("json/2");
    assertThat(tuned.notes()).isEmpty();
    assertThat(elsewhere.promptFormat()).contains("json/2");
    assertThat(elsewhere.notes())
        .singleElement()
        .asString()
        .contains("json/2", "current context has chat/2", "Maybe load and run it in a context");
    assertThat(elsewhere.toJson().get("promptFormat").stringValue()).isEqualTo("json/2");
    assertThat(sameContext.notes()).isEmpty();
  }

  @Test
  void notesAnOlderPromptFormatOfTheSameAdapter() {
    assertThat(SavedPrograms.load("v2", "miprov2").notes())
        .singleElement()
        .asString()
        .contains("chat/1", "this version of Hone has chat/2", "Maybe evaluate it");
  }
}
