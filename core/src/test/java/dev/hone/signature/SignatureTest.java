package dev.hone.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.type.Field;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.OptionalOf;
import dev.hone.type.FieldType.Text;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class SignatureTest {
  record Question(String question) {}

  record Answer(String answer) {}

  record None() {}

  @Test
  @SuppressWarnings("NullAway") // what a careless caller does
  void refusesNullForAClassTheInstructionsAndTheExamples() {
    record In(String text) {}

    assertThatThrownBy(() -> Signature.of((Class<In>) null, In.class, ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("A class of a signature is null, expected a record. Maybe pass one");
    assertThatThrownBy(() -> Signature.of(In.class, (Class<In>) null, ""))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> Signature.of(In.class, In.class, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The text of the instructions of the signature is null");
    assertThatThrownBy(() -> dev.hone.data.Dataset.of(null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The examples of a dataset are null");
  }

  @Test
  void makesInstructionsFromTheFieldNamesIfThereAreNone() {
    assertThat(Signature.of(Question.class, Answer.class, " ").instructions())
        .isEqualTo("Given the `question`, give the `answer`.");
    assertThat(Signature.parse("a, b, c -> d, e").instructions())
        .isEqualTo("Given the `a`, `b` and `c`, give the `d` and `e`.");
  }

  @Test
  void refusesASideWithoutFields() {
    assertThatThrownBy(() -> Signature.of(None.class, Answer.class, ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no input field");
    assertThatThrownBy(() -> Signature.of(Question.class, None.class, ""))
        .hasMessageContaining("no output field");
  }

  @Test
  void refusesANameThatIsThereTwice() {
    assertThatThrownBy(() -> Signature.of(Question.class, Question.class, ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "\"question\" twice, in the input (record Question) and in the output (record Question)");
    assertThatThrownBy(() -> Signature.parse("a, a -> b"))
        .hasMessageContaining("\"a\" twice, among its inputs");
    assertThatThrownBy(() -> Signature.parse("a -> b, b"))
        .hasMessageContaining("\"b\" twice, among its outputs");
    assertThatThrownBy(() -> Signature.parse("a -> b, a"))
        .hasMessageContaining("\"a\" twice, in the input (JSON object)");
  }

  @Test
  void theFingerprintIsOfNamesAndTypesOnly() {
    Signature<Question, Answer> signature = Signature.of(Question.class, Answer.class, "Do it.");

    assertThat(signature.withInstructions("Do it well.").fingerprint())
        .isEqualTo(signature.fingerprint());
    assertThat(Signature.parse("question -> answer").fingerprint())
        .isEqualTo(signature.fingerprint());
    assertThat(Signature.parse("question -> answer: int").fingerprint())
        .isNotEqualTo(signature.fingerprint());
    assertThat(Signature.parse("question -> answers").fingerprint())
        .isNotEqualTo(signature.fingerprint());
  }

  @Test
  void labelsTellAListOfOptionalsFromAnOptionalList() {
    assertThat(new ListOf(new OptionalOf(new Text())).label()).isEqualTo("list of (text, or null)");
    assertThat(new OptionalOf(new ListOf(new Text())).label()).isEqualTo("list of text, or null");
    assertThat(Signature.parse("a -> b: list[str?]").fingerprint())
        .isNotEqualTo(Signature.parse("a -> b: list[str]?").fingerprint());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "answer;text",
        "answer: str;text",
        "answer: STRING;text",
        "answer:int;whole number",
        "answer: float;number",
        "answer: bool;true or false",
        "answer: date;date (YYYY-MM-DD)",
        "answer: json;any JSON value",
        "answer: list[str];list of text",
        "answer: set[int];set of whole number",
        "answer: dict[str, list[float]];map from text to list of number",
        "answer: dict[enum[a|b], int];map from one of a | b to whole number",
        "answer: enum[low|high];one of low | high",
        "answer: literal['a', \"b\"];one of a | b",
        "answer: enum['a|b'|c];one of a|b | c",
        "answer: list[enum[\"a, b\", 'c]', d]];list of one of a, b | c] | d",
        "answer: dict[enum['a,b'|c], int];map from one of a,b | c to whole number",
        "answer: enum[don't|rock 'n' roll];one of don't | rock 'n' roll",
        "answer: int?;whole number, or null",
        "answer: optional[list[int?]];list of (whole number, or null), or null",
        "answer : list[ enum[ x | y ] ];list of one of x | y"
      })
  void readsTheStringForm(String output, String label) {
    Signature<ObjectNode, ObjectNode> signature = Signature.parse("question -> " + output);

    assertThat(signature.outputFields()).extracting(Field::name).containsExactly("answer");
    assertThat(signature.outputFields().get(0).type().label()).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "question;has 0 arrows",
        "a -> b -> c;has 2 arrows",
        "-> b;has an empty side",
        "a ->;has an empty side",
        "'';has 0 arrows",
        "a,, b -> c;has an empty field",
        "a -> b,;has an empty field",
        "a -> b: strr;has the type \"strr\"",
        "a -> b: list[str;has the type \"list[str\"",
        "a -> b: list[];has the type \"\"",
        "a -> b: int];has the type \"int]\"",
        "a -> b: tuple[int];has the type \"tuple[int]\"",
        "a -> b: dict[str];has the type \"dict[str]\"",
        "a -> b: dict[int, str];keys of the type whole number",
        "a -> b: enum[];an enum with an empty value",
        "a -> b: enum[x|];an enum with an empty value",
        "a -> b: enum[x|x];value x twice",
        "a -> b: enum['x|y];the value 'x, whose quote is not closed",
        "a -> b: enum[''|y];an enum with an empty value",
        "a -> b: int??;optional holds an optional",
        "a b -> c;field name \"a b\"",
        "1a -> c;field name \"1a\"",
        "a -> : int;field name \"\"",
        "a -> b:;has the type \"\""
      })
  void refusesWhatIsNoSignatureAndSaysWhy(String text, String problem) {
    assertThatThrownBy(() -> Signature.parse(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining("Maybe ");
  }

  @Test
  void refusesNullByName() {
    assertThatThrownBy(() -> Signature.parse(null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("The string form of the signature is null, expected a text. Maybe");
    assertThatThrownBy(() -> Signature.parse("a -> b", null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("The text of the instructions of the signature is null");
  }

  @Test
  void theDynamicFormHoldsValuesToTheirTypes() {
    Codec<ObjectNode> codec = Signature.parse("q -> n: int, t: list[str]").output();

    ObjectNode node = codec.encode((ObjectNode) Json.parse("{\"t\":\"x\",\"n\":\"3\",\"more\":1}"));

    assertThat(node).hasToString("{\"n\":3,\"t\":[\"x\"]}");
    assertThatThrownBy(() -> codec.decode((ObjectNode) Json.parse("{\"n\":3.5,\"t\":[]}")))
        .isInstanceOf(TypeMismatchException.class);
  }

  @Test
  void fieldNamesAreSuggestedInTheError() {
    assertThatThrownBy(() -> Field.of("my-field", new Text()))
        .hasMessageContaining("Maybe rename it, for example to my_field");
    assertThat(List.of(Field.of("größe", new Text()).name())).containsExactly("größe");
  }
}
