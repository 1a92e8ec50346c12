package dev.hone.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.compiled.ArtifactException.Problem;
import dev.hone.json.Json;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.Programs;
import dev.hone.program.Programs.Answer;
import dev.hone.program.Programs.Hop;
import dev.hone.program.Programs.Question;
import dev.hone.signature.Signature;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ArtifactErrorsTest {
  @TempDir private Path folder;

  private final Predict<Question, Answer> program = Programs.answerer("Answer.");
  private Path file;
  private String good;

  @BeforeEach
  void saveAProgram() throws IOException {
    file = folder.resolve("answer.json");
    Compiled.of(
            program,
            Programs.state("self", "Learnt.", Programs.demo("q", "a")),
            Programs.provenance())
        .save(file);
    good = Files.readString(file);
  }

  private ArtifactException failure(Program<?, ?> into) {
    ArtifactException error =
        catchThrowableOfType(ArtifactException.class, () -> Compiled.load(into, file));
    assertThat(error).hasMessageStartingWith(error.source()).hasMessageContaining("Maybe");
    assertThat(error.source()).isEqualTo(file.toString());
    return error;
  }

  private ArtifactException failureOf(String text) throws IOException {
    Files.writeString(file, text);
    return failure(program);
  }

  private ArtifactException failureAfter(Consumer<ObjectNode> damage) throws IOException {
    ObjectNode root = (ObjectNode) Json.parse(good);
    damage.accept(root);
    return failureOf(Json.write(root));
  }

  private static ObjectNode predictor(ObjectNode root) {
    return (ObjectNode) root.get("predictors").get("self");
  }

  @Test
  void refusesATimeThatIsNone() throws IOException {
    ArtifactException error =
        failureAfter(root -> ((ObjectNode) root.get("provenance")).put("createdAt", "yesterday"));

    assertThat(error.problem()).isEqualTo(Problem.DAMAGED);
    assertThat(error)
        .hasMessageContaining(
            "provenance.createdAt: found \"yesterday\", expected a time such as 2026-11-21T18:30:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"hone\": 1} {}", "{\"hone\": ", "{\"hone\": [1, ", "{hone: 1}"})
  void namesNothingOfTheParser(String text) throws IOException {
    assertThat(failureOf(text))
        .hasMessageNotContainingAny("Feature", "Source", "UNKNOWN", "jackson", "`", "marker");
  }

  @Test
  void saysThatThereIsNoSuchFile() throws IOException {
    Files.delete(file);

    assertThat(failure(program).problem()).isEqualTo(Problem.NOT_READABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "model weights", "PK\u0003\u0004", "<html>"})
  void saysThatAFileIsNotJson(String text) throws IOException {
    ArtifactException error = failureOf(text);

    assertThat(error.problem()).isEqualTo(Problem.NOT_JSON);
    assertThat(error).hasMessageContaining("is another file");
  }

  @Test
  void saysThatAFileIsNotText() throws IOException {
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 1, 2});

    assertThat(failure(program).problem()).isEqualTo(Problem.NOT_JSON);
  }

  @Test
  void saysThatAFileWasCutOffWhereverThatHappened() throws IOException {
    int end = good.stripTrailing().length();
    for (int length : IntStream.iterate(20, i -> i < end, i -> i + 9).toArray()) {
      ArtifactException error = failureOf(good.substring(0, length));

      assertThat(error.problem()).isEqualTo(Problem.NOT_JSON);
      assertThat(error).hasMessageContaining("Maybe the file was cut off");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, 2]                         | not a JSON object",
        "42                             | not a JSON object",
        "{}                             | no key \"hone\"",
        "{\"predict\": {\"demos\": []}} | no key \"hone\"",
        "{\"hone\": \"journal\"}        | of the kind \"journal\""
      })
  void saysThatAFileIsNotOurs(String text, String message) throws IOException {
    ArtifactException error = failureOf(text);

    assertThat(error.problem()).isEqualTo(Problem.NOT_AN_ARTIFACT);
    assertThat(error).hasMessageContaining(message);
  }

  @Test
  void refusesAFileThatIsMuchTooLarge() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(StandardCharsets.UTF_8.encode(" "), 100L * 1024 * 1024);
    }

    assertThat(failure(program)).hasMessageContaining("more than 67,108,864 bytes");
  }

  @Test
  void saysThatAFileIsOfANewerVersion() throws IOException {
    ArtifactException error =
        failureAfter(root -> root.put("formatVersion", 3).remove("predictors"));

    assertThat(error.problem()).isEqualTo(Problem.NEWER_FORMAT);
    assertThat(error).hasMessageContainingAll("format 3", "up to 2", "Maybe update Hone");
  }

  @Test
  void namesMissingAndUnknownPredictors() {
    ArtifactException error = failure(Hop.create());

    assertThat(error.problem()).isEqualTo(Problem.PREDICTORS_DIFFER);
    assertThat(error)
        .hasMessageContainingAll(
            "missing in the file: [query, answer]", "unknown to the program: [self]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "question, hint -> answer          | self: input `hint` (text) was added",
        "query -> answer                   | self: input `question` was removed",
        "question -> answer: int           | self: output `answer` was text and is int64",
        "question: text? -> answer         | self: input `question` was text and is optional<text>",
        "answer -> question                | self: output `answer` was removed"
      })
  void namesTheFieldsThatHaveChanged(String signature, String change) {
    ArtifactException error = failure(Predict.of(Signature.parse(signature)));

    assertThat(error.problem()).isEqualTo(Problem.SIGNATURE_CHANGED);
    assertThat(error).hasMessageContainingAll(change, "Maybe compile it again");
  }

  @Test
  void saysThatFieldsHaveAnotherOrder() {
    Predict<ObjectNode, ObjectNode> before = Predict.of(Signature.parse("a, b -> c"));
    Compiled.of(before, Predictors.of(before).initialState(), Programs.provenance()).save(file);

    assertThat(failure(Predict.of(Signature.parse("b, a -> c"))))
        .hasMessageContaining("self: the inputs have another order: [b, a] was [a, b]");
  }

  @Test
  void acceptsOtherDescriptionsAndInstructions() {
    Predict<ObjectNode, ObjectNode> other =
        Predict.of(Signature.parse("question -> answer", "Something else."));

    assertThat(Compiled.load(other, file).state().of("self").instructions()).isEqualTo("Learnt.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "optimizer",
        "settings",
        "seed",
        "scores",
        "dataFingerprints",
        "modelIds",
      })
  void namesAPartOfTheProvenanceThatIsMissingOrOfAnotherType(String part) throws IOException {
    ArtifactException missing =
        failureAfter(root -> ((ObjectNode) root.get("provenance")).remove(part));
    ArtifactException other =
        failureAfter(root -> ((ObjectNode) root.get("provenance")).put(part, true));

    assertThat(missing.problem()).isEqualTo(Problem.DAMAGED);
    assertThat(missing).hasMessageContainingAll("provenance." + part, "missing");
    assertThat(other.problem()).isEqualTo(Problem.DAMAGED);
    assertThat(other).hasMessageContainingAll("provenance." + part, "found true", "expected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"instructions", "demos", "signature"})
  void namesAPartOfAPredictorThatIsMissing(String part) throws IOException {
    ArtifactException error = failureAfter(root -> predictor(root).remove(part));

    assertThat(error.problem()).isEqualTo(Problem.DAMAGED);
    assertThat(error).hasMessageContainingAll("predictors.self." + part, "missing");
  }

  @Test
  void namesTheFieldOfADemoThatDoesNotFit() throws IOException {
    Predict<ObjectNode, ObjectNode> count = Predict.of(Signature.parse("text -> words: int"));
    Compiled.of(count, Predictors.of(count).initialState(), Programs.provenance()).save(file);
    ObjectNode root = (ObjectNode) Json.parse(Files.readString(file));
    ((ArrayNode) predictor(root).get("demos"))
        .add(
            Programs.json(
                "{'inputs': {'text': 'a b'}, 'outputs': {'words': 'two'},"
                    + " 'origin': 'labeled', 'exampleId': ''}"));
    Files.writeString(file, Json.write(root));

    ArtifactException error = failure(count);

    assertThat(error.problem()).isEqualTo(Problem.DAMAGED);
    assertThat(error)
        .hasMessageContainingAll(
            "predictors.self.demos[0].outputs", "words", "two", "expected whole number");
  }

  @Test
  void namesWhatElseIsWrongWithADemo() throws IOException {
    assertThat(failureAfter(root -> demo(root).put("origin", "stolen")))
        .hasMessageContainingAll("demos[0].origin", "\"stolen\"", "labeled or bootstrapped");
    assertThat(failureAfter(root -> ((ObjectNode) demo(root).get("inputs")).put("extra", 1)))
        .hasMessageContainingAll("demos[0].inputs", "[extra]");
    assertThat(failureAfter(root -> demo(root).put("inputs", 1)))
        .hasMessageContainingAll("demos[0].inputs", "found 1", "expected an object");
    assertThat(failureAfter(root -> ((ArrayNode) predictor(root).get("demos")).add(3)))
        .hasMessageContainingAll("demos[1]", "found 3");
  }

  private static ObjectNode demo(ObjectNode root) {
    return (ObjectNode) predictor(root).get("demos").get(0);
  }

  @Test
  void doesNotBelieveAFingerprintThatDoesNotBelongToItsFields() throws IOException {
    assertThat(
            failureAfter(
                root -> ((ObjectNode) predictor(root).get("signature")).put("fingerprint", "00")))
        .hasMessageContaining("predictors.self.signature.fingerprint");
  }

  @Test
  void leavesOutKeysItDoesNotKnow() throws IOException {
    ObjectNode root = (ObjectNode) Json.parse(good);
    root.put("comment", "kept by hand");
    Files.writeString(file, Json.write(root));

    assertThat(Compiled.load(program, file).state().of("self").demos()).hasSize(1);
  }
}
