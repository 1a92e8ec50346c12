package dev.hone.exchange.dspy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.exchange.PortableProgram;
import dev.hone.exchange.Samples;
import dev.hone.exchange.Samples.Answer;
import dev.hone.exchange.Samples.Question;
import dev.hone.json.Json;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.prompt.Demo;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class DspyStateTest {
  private static final Path FIXTURES = Path.of("src/test/resources/dspy");

  @TempDir private Path folder;

  /** What the fixture {@code bootstrapped} was made of, in Java. */
  record Asked(String question, String query) {}

  record Query(String query) {}

  record One(String answer) {}

  record Hop(Predict<Question, Query> rewrite, ChainOfThought<Asked, One> answer)
      implements Program<Question, One> {
    static Hop ofDspy() {
      return new Hop(
          Predict.of(Question.class, Query.class), ChainOfThought.of(Asked.class, One.class));
    }

    @Override
    public One run(Question input) {
      return answer.run(new Asked(input.question(), rewrite.run(input).query()));
    }
  }

  record Item(String name, double price) {}

  record Ticket(String text, int count, List<Item> items) {}

  record Routing(
      String severity, BigDecimal score, boolean sure, Set<String> tags, Optional<String> owner) {}

  @ParameterizedTest
  @ValueSource(strings = {"3.3.1", "3.4.1"})
  void loadsWhatABootstrapOfDspySaved(String version) {
    DspyState state = DspyState.read(FIXTURES.resolve(version).resolve("bootstrapped.json"));

    Compiled<Question, One> compiled = state.into(Hop.ofDspy());

    assertThat(state.dspyVersion()).contains(version);
    assertThat(state.notes(Hop.ofDspy())).isEmpty();
    assertThat(compiled.state().of("rewrite").instructions())
        .isEqualTo("Write a search query.\nThree words at most.");
    List<Demo> demos = compiled.state().of("answer.predict").demos();
    assertThat(demos).hasSize(3).allMatch(d -> d.origin() == Demo.Origin.BOOTSTRAPPED);
    assertThat(Json.write(demos.get(1).inputs()))
        .isEqualTo("{\"question\":\"Who wrote Emma?\",\"query\":\"q2\"}");
    assertThat(Json.write(demos.get(1).outputs()))
        .isEqualTo("{\"reasoning\":\"r2\\nr3\",\"answer\":\"Austen\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.3.1", "3.4.1"})
  void valuesOfDemosGetTheTypesOfTheProgram(String version) {
    Predict<Ticket, Routing> program = Predict.of(Ticket.class, Routing.class);
    DspyState state = DspyState.read(FIXTURES.resolve(version).resolve("ticket.json"));

    Compiled<Ticket, Routing> compiled = state.into(program);

    List<Demo> demos = compiled.state().of("self").demos();
    assertThat(demos)
        .extracting(Demo::origin)
        .containsExactly(Demo.Origin.LABELED, Demo.Origin.BOOTSTRAPPED);
    Routing routing = program.signature().output().decode(demos.get(1).outputs());
    assertThat(routing.severity()).isEqualTo("very high");
    assertThat(routing.owner()).contains("Ann");
    assertThat(program.signature().input().decode(demos.get(0).inputs()).items())
        .containsExactly(new Item("lamp", 2.5));
  }

  @ParameterizedTest
  @CsvSource({"ticket", "chain", "bootstrapped", "deep"})
  void whatIsReadIsWrittenAgainAlike(String name) throws IOException {
    Path file = FIXTURES.resolve("3.4.1").resolve(name + ".json");

    ObjectNode written = DspyState.read(file).toJson();

    ObjectNode read = (ObjectNode) Json.parseFile(Files.readString(file));
    read.remove("metadata");
    written.remove("metadata");
    assertThat(Json.write(written)).isEqualTo(Json.write(read));
  }

  @Test
  void aProgramOfHoneIsWrittenWithDspysNamesAndFlatDemos() {
    ObjectNode written = DspyState.of(PortableProgram.of("hop", Samples.hop())).toJson();

    assertThat(written.propertyNames()).containsExactly("rewrite", "answer.predict", "metadata");
    assertThat(written.path("metadata").path("dependency_versions").isEmpty()).isTrue();
    assertThat(Json.write(written.path("rewrite").path("demos").path(1)))
        .isEqualTo("{\"augmented\":true,\"question\":\"c?\",\"query\":\"d \\\"\\\"\\\" \"}");
    assertThat(Json.write(written.path("answer.predict").path("signature").path("fields")))
        .startsWith("[{\"prefix\":\"Question:\",\"description\":\"${question}\"}")
        .contains("{\"prefix\":\"Reasoning:\",");
  }

  @Test
  void whatHoneWritesItReadsAsItWas() throws IOException {
    Compiled<Question, Answer> before = Samples.hop();
    Path file = folder.resolve("hop.json");
    Files.writeString(file, Json.pretty(DspyState.of(PortableProgram.of("hop", before)).toJson()));

    Compiled<Question, Answer> after = DspyState.read(file).into(new Samples.Hop());

    assertThat(after.state()).isEqualTo(before.state());
    assertThat(after.provenance().optimizer()).isEqualTo("DSPy");
  }

  @Test
  void namesInAnotherCaseAreTheSameField() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("p.json"),
            """
            {"signature": {"instructions": "Find it.", "fields": [
               {"prefix": "User Question:", "description": "what is asked"},
               {"prefix": "Search Query:", "description": "${search_query}"}]},
             "demos": [{"user_question": "a", "search_query": "b", "id": 7}], "lm":
             {"model": "openai/gpt-4o-mini", "api_base": "http://secret"}}""");
    DspyState state = DspyState.read(file);
    Program<ObjectNode, ObjectNode> program = Predict.of("userQuestion -> searchQuery");

    Demo demo = state.into(program).state().of("self").demos().get(0);

    assertThat(Json.write(demo.inputs())).isEqualTo("{\"userQuestion\":\"a\"}");
    assertThat(Json.write(demo.outputs())).isEqualTo("{\"searchQuery\":\"b\"}");
    assertThat(state.notes(program))
        .containsExactly(
            "`self`: left out its model openai/gpt-4o-mini",
            "`self`: left out [id] of the demos, which are no fields");
    assertThat(Json.write(state.toJson())).doesNotContain("secret");
  }

  @Test
  void demosThatAnAgentOfHoneCannotShowAreLeftOutAndNamed() {
    DspyState state = DspyState.read(FIXTURES.resolve("3.4.1/labelled.json"));

    Compiled<Question, One> compiled = state.into(Hop.ofDspy());

    assertThat(compiled.state().of("answer.predict").demos()).isEmpty();
    assertThat(state.notes(Hop.ofDspy()))
        .contains("`answer.predict`: left out demo 1, which has no query")
        .contains("`rewrite`: left out demo 2, which has no output");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "question -> reply | field 2 of `self` is \"answer\" there, and `reply` here",
        "answer -> question | field 1 of `self` is \"question\" there, and `answer` here",
        "question, context -> answer | has the fields [question, answer] there, and",
        "question -> answer: int | demo 1 of `self`: answer",
      })
  void aStateOfOtherFieldsIsRefusedAndSaysWhich(String signature, String problem)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("p.json"),
            """
            {"signature": {"instructions": "x", "fields": [
               {"prefix": "Question:", "description": "${question}"},
               {"prefix": "Answer:", "description": "${answer}"}]},
             "demos": [{"question": "a", "answer": "no number"}]}""");

    assertThatThrownBy(() -> DspyState.read(file).into(Predict.of(signature)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining("Maybe ");
  }

  @Test
  void otherPredictorsAreRefusedAndNamed() {
    DspyState state = DspyState.read(FIXTURES.resolve("3.4.1/deep.json"));

    assertThatThrownBy(() -> state.into(Hop.ofDspy()))
        .hasMessageContaining("[hop.rewrite, hop.answer.predict, judges[0], judges[1].predict]")
        .hasMessageContaining("the program has [rewrite, answer.predict]")
        .hasMessageContaining("Maybe ");
  }

  @Test
  void picklesAreRefusedUnread() throws IOException {
    Path pickle = Files.write(folder.resolve("a.json"), new byte[] {(byte) 0x80, 4, 'c'});

    for (Path file : List.of(pickle, folder.resolve("program.pkl"), folder)) {
      assertThatThrownBy(() -> DspyState.read(file))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("pickle")
          .hasMessageContaining("program.save(\"program.json\")");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"metadata\": {}}",
        "{\"a\": 1}",
        "{\"a\": {\"signature\": {}}}",
        "{\"a\": {\"signature\": {\"instructions\": 1, \"fields\": []}, \"demos\": []}}",
        "{\"a\": {\"signature\": {\"instructions\": \"x\", \"fields\": []}, \"demos\": []}}",
        "{\"a\": {\"signature\": {\"instructions\": \"x\", \"fields\": [{}]}, \"demos\": []}}",
        "{\"signature\": {\"instructions\": \"x\", \"fields\": [{\"prefix\": \"A:\","
            + " \"description\": \"\"}]}, \"demos\": [1]}",
        "{\"hone\": \"program\"}",
        "{\"a\": ",
      })
  void whatIsNoStateIsRefusedWithoutAnException(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("p.json"), text);

    assertThatThrownBy(() -> DspyState.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("p.json")
        .hasMessageContaining("Maybe ");
  }

  @Test
  void aDraftTakesInputsOutputsAndTypesFromWhatThereIs() {
    DspyPredictor ticket =
        DspyState.read(FIXTURES.resolve("3.4.1/ticket.json")).predictors().get(0);
    DspyPredictor chain = DspyState.read(FIXTURES.resolve("3.4.1/chain.json")).predictors().get(0);

    DspyDraft guessed = DspyDraft.of(ticket, Set.of());
    DspyDraft said = DspyDraft.of(ticket, Set.of("severity", "score", "sure", "tags", "owner"));
    DspyDraft thinking = DspyDraft.of(chain, Set.of());

    assertThat(guessed.notes()).anyMatch(note -> note.contains("took the last one, `owner`"));
    assertThat(said.signature().toString())
        .isEqualTo(
            "text: text, count: whole number, items: list of any JSON value -> severity: text,"
                + " score: number, sure: true or false, tags: list of text, owner: text, or null");
    assertThat(said.notes()).isEmpty();
    assertThat(thinking.chainOfThought()).isTrue();
    assertThat(thinking.signature().toString()).isEqualTo("question: text -> answer: text");
    assertThatThrownBy(() -> DspyDraft.of(ticket, Set.of("score")))
        .hasMessageContaining("Maybe name score,sure,tags,owner");
  }

  @ParameterizedTest
  @CsvSource({
    "searchQuery2,Search Query 2:",
    "snake_case_text,Snake Case Text:",
    "HTMLParser,HTML Parser:",
    "text2number,Text 2 Number:",
    "a,A:"
  })
  void prefixesAreThoseThatDspyMakes(String name, String prefix) {
    assertThat(DspyField.prefix(name)).isEqualTo(prefix);
  }
}
