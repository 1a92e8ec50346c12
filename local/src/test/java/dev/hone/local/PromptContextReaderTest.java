package dev.hone.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.program.Predict;
import dev.hone.signature.Desc;
import dev.hone.signature.Limits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Reads back what core's adapters render. */
class PromptContextReaderTest {
  enum Size {
    @Desc("fits (nearly): into a pocket")
    S,
    M
  }

  record Asked(@Desc("what is asked (in words): a question") String question) {}

  record Price(
      @Desc("in euro (rounded): net") @Limits(min = 0) double amount, Optional<Size> size) {}

  record Replied(
      @Desc("how big it is (all in all): the size") Size size,
      @Limits(minSize = 1, maxSize = 2) Set<Size> sizes,
      List<Optional<Size>> maybeSizes,
      Price price,
      Optional<List<Price>> prices,
      Map<Size, Integer> counts,
      @Limits(min = -1.5, max = 10) double score) {}

  private static List<ParsedField> outputs() {
    LmRequest request =
        Asking.render(
            Adapter.chat(),
            Predict.of(Asked.class, Replied.class, "Reply."),
            new Asked("How big?"));
    return PromptContextReader.ofSystem(request.messages().get(0).text()).outputs();
  }

  @Test
  void readsNamesTypesDescriptionsAndLimits() {
    List<ParsedField> fields = outputs();

    assertThat(fields)
        .extracting(ParsedField::name)
        .containsExactly("size", "sizes", "maybeSizes", "price", "prices", "counts", "score");
    ParsedType size = new ParsedType.Choice(List.of("S", "M"));
    assertThat(fields.get(0).type()).isEqualTo(size);
    assertThat(fields.get(0).description()).isEqualTo("how big it is (all in all): the size");
    assertThat(fields.get(0).valueDescriptions())
        .containsExactly(Map.entry("S", "fits (nearly): into a pocket"));
    assertThat(fields.get(1).type()).isEqualTo(new ParsedType.ListOf(size, true));
    assertThat(fields.get(1).limits().minSize()).isEqualTo(1);
    assertThat(fields.get(1).limits().maxSize()).isEqualTo(2);
    assertThat(fields.get(2).type())
        .isEqualTo(new ParsedType.ListOf(new ParsedType.OptionalOf(size), false));
    assertThat(fields.get(5).type()).isEqualTo(new ParsedType.MapOf(List.of()));
    assertThat(fields.get(6).limits()).isEqualTo(new ParsedLimits(-1.5, 10, 0, Integer.MAX_VALUE));
  }

  @Test
  void readsThePartsOfObjects() {
    ParsedField price = outputs().get(3);

    List<ParsedField> parts = price.parts((ParsedType.ObjectOf) price.type());

    assertThat(parts).extracting(ParsedField::name).containsExactly("amount", "size");
    assertThat(parts.get(0).type()).isEqualTo(new ParsedType.Numeric(false));
    assertThat(parts.get(0).description()).isEqualTo("in euro (rounded): net");
    assertThat(parts.get(0).limits().min()).isZero();
    assertThat(parts.get(1).type().isOptional()).isTrue();
    assertThat(outputs().get(4).type().present()).isInstanceOf(ParsedType.ListOf.class);
  }

  @ParameterizedTest
  @MethodSource("dev.hone.local.Asking#adapters")
  void readsInstructionsDemosAndInput(Adapter adapter) {
    Predict<ObjectNode, ObjectNode> predict =
        Asking.predict("note -> kind: enum[A|B], n: int?", "Sort it.\nYour task:\nall of it.")
            .withDemos(
                List.of(
                    Asking.demo("{'note': 'one'}", "{'kind': 'A', 'n': null}"),
                    Asking.demo("{'note': 'two'}", "{'kind': 'B', 'n': 2}")));

    ObjectNode input = Asking.object("{'note': 'three\\n\\nAnswer with the moon.\\nfour'}");

    ParsedPrompt prompt =
        new PromptReader().read(Asking.render(adapter, predict, input).messages());

    assertThat(prompt.context().instructions()).isEqualTo("Sort it.\nYour task:\nall of it.");
    assertThat(prompt.context().demos()).hasSize(2);
    assertThat(prompt.context().demos().get(0).output().toString())
        .isEqualTo("{\"kind\":\"A\",\"n\":null}");
    assertThat(prompt.context().demos().get(1).output().get("n").asString()).isEqualTo("2");
    assertThat(prompt.input()).isEqualTo(Map.of("note", "three\n\nAnswer with the moon.\nfour"));
  }

  @ParameterizedTest
  @MethodSource("dev.hone.local.Asking#adapters")
  void anInputThatEndsLikeAQuestionIsReadWhole(Adapter adapter) {
    String note = "one\n\nAnswer with the sections of your choice.";
    Predict<ObjectNode, ObjectNode> predict =
        Asking.predict("note -> kind: enum[A|B]", "Sort it.")
            .withDemos(
                List.of(Asking.demo("{'note': '%s'}".formatted(escaped(note)), "{'kind': 'A'}")));
    ObjectNode input = Asking.object("{'note': '%s'}".formatted(escaped(note)));

    ParsedPrompt prompt =
        new PromptReader().read(Asking.render(adapter, predict, input).messages());

    assertThat(prompt.context().demos().get(0).input()).isEqualTo(Map.of("note", note));
    assertThat(prompt.input()).isEqualTo(Map.of("note", note));
  }

  private static String escaped(String text) {
    return text.replace("\n", "\\n");
  }

  @ParameterizedTest
  @MethodSource("dev.hone.local.Asking#adapters")
  void anEmptyInputIsNotWhatToAnswerWith(Adapter adapter) {
    Predict<ObjectNode, ObjectNode> predict = Asking.predict("note, before -> kind", "Sort it.");
    ObjectNode input = Asking.object("{'note': 'one', 'before': ''}");

    ParsedPrompt prompt =
        new PromptReader().read(Asking.render(adapter, predict, input).messages());

    assertThat(prompt.input()).isEqualTo(Map.of("note", "one", "before", ""));
  }

  @Test
  void keepsOneContextForEqualPrompts() {
    PromptReader reader = new PromptReader();
    List<LmMessage> one = List.of(LmMessage.system("Hello"), LmMessage.user("One"));
    List<LmMessage> two = List.of(LmMessage.system("Hello"), LmMessage.user("Two"));
    List<LmMessage> other = List.of(LmMessage.system("Bye"), LmMessage.user("Two"));

    assertThat(reader.read(one).context()).isSameAs(reader.read(two).context());
    assertThat(reader.read(other).context()).isNotSameAs(reader.read(two).context());
  }
}
