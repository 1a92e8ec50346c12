package dev.hone.langchain4j.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.compiled.Provenance;
import dev.hone.context.Context;
import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.lm.LmRequest;
import dev.hone.program.ChainOfThought;
import dev.hone.program.PredictorState;
import dev.hone.program.ProgramState;
import dev.hone.prompt.Demo;
import dev.hone.testkit.ScriptedModel;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.output.structured.Description;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class AiServiceProgramTest {
  enum Intent {
    @Description("money back")
    REFUND,
    DELIVERY
  }

  /** A class as LangChain4j's users write them: no record, no public fields, a constructor. */
  static final class Order {
    @Description("the number on the invoice")
    private String number;

    private LocalDate due;
    private List<Integer> items;
    private Optional<String> note = Optional.empty();

    private Order() {}
  }

  interface Desk {
    @SystemMessage("You route mail of {{shop}}.")
    @UserMessage({"Say what the customer wants.", "Message: {{message}}"})
    Intent classify(@V("message") String message, @V("shop") String shop);

    @UserMessage("Is this spam? {{it}}")
    boolean isSpam(String text);

    @UserMessage("Read the order.")
    Order read(@V("mail") String mail);

    String chat(@UserMessage String text);

    @UserMessage("How urgent, 1 to {{most}}, is {{text}}")
    int urgency(@V("text") String text, @V("most") int most);

    @UserMessage("List the topics of {{it}}")
    List<String> topics(String text);

    @UserMessage("{{it}} by {{current_date}}")
    String dated(String text);

    default String twice(String text) {
      return chat(text) + chat(text);
    }
  }

  interface Chatty {
    String chat(@MemoryId int id, @UserMessage String text);

    TokenStream stream(String text);

    String nothing();
  }

  private static final AiServiceProgram<Desk, Intent> CLASSIFY =
      AiServiceProgram.of(Desk.class, Desk::classify);

  @Test
  void readsTemplatesParametersAndTheReturnType() {
    assertThat(CLASSIFY.signature().instructions())
        .isEqualTo("You route mail of `shop`.\n\nSay what the customer wants.\nMessage: `message`");
    assertThat(CLASSIFY.signature())
        .hasToString("message: text, shop: text -> intent: one of REFUND | DELIVERY");
    assertThat(AiServiceProgram.of(Desk.class, Desk::isSpam).signature())
        .hasToString("it: text -> answer: true or false");
    assertThat(AiServiceProgram.of(Desk.class, Desk::topics).signature())
        .hasToString("it: text -> answer: list of text");
    assertThat(AiServiceProgram.of(Desk.class, "urgency").signature())
        .hasToString("text: text, most: whole number -> answer: whole number");
  }

  @Test
  void aClassWithPartsHasAFieldForEach() {
    AiServiceProgram<Desk, Order> read = AiServiceProgram.of(Desk.class, Desk::read);

    assertThat(read.signature())
        .hasToString(
            "mail: text -> number: text, due: date (YYYY-MM-DD), items: list of whole"
                + " number, note: text, or null");
    assertThat(read.signature().outputFields().get(0).description())
        .isEqualTo("the number on the invoice");
    Order order =
        read.value(
            (ObjectNode)
                Json.parse(
                    "{\"number\":\"7\",\"due\":\"2026-12-01\",\"items\":[1,2],\"note\":null}"));
    assertThat(order.number).isEqualTo("7");
    assertThat(order.due).isEqualTo(LocalDate.of(2026, 12, 1));
    assertThat(order.items).containsExactly(1, 2);
    assertThat(order.note).isEmpty();
  }

  @Test
  void makesExamplesOfCalls() {
    Example<ObjectNode, ObjectNode> example =
        CLASSIFY.example(desk -> desk.classify("Money back!", "Acme"), Intent.REFUND);

    assertThat(example.input().toString())
        .isEqualTo("{\"message\":\"Money back!\",\"shop\":\"Acme\"}");
    assertThat(example.expected().toString()).isEqualTo("{\"intent\":\"REFUND\"}");
    assertThat(
            AiServiceProgram.of(Desk.class, Desk::isSpam)
                .example(desk -> desk.isSpam("Buy!"), true)
                .expected()
                .toString())
        .isEqualTo("{\"answer\":true}");
    assertThatThrownBy(() -> CLASSIFY.example(desk -> Intent.REFUND, Intent.REFUND))
        .hasMessageContaining("0 calls");
  }

  @Test
  void putsATunedMethodBackBehindTheInterface() {
    ScriptedModel model =
        ScriptedModel.answering(
            request -> {
              String text = request.toText();
              if (text.contains("Say the topic only")) {
                return "{\"intent\": \"DELIVERY\"}";
              }
              return text.contains("spam") ? "{\"answer\": true}" : "{\"answer\": \"yes\"}";
            });
    Compiled<ObjectNode, ObjectNode> tuned = tuned();

    Desk desk =
        TunedService.of(Desk.class, model).with(CLASSIFY, tuned).otherwise(original()).build();

    assertThat(desk.classify("Where is it?", "Acme")).isEqualTo(Intent.DELIVERY);
    assertThat(desk.chat("hi")).isEqualTo("from the original");
    assertThat(desk.twice("hi")).isEqualTo("from the originalfrom the original");
    assertThat(desk).hasToString("TunedService[Desk on " + model.id() + "]").isEqualTo(desk);
    LmRequest sent = model.requests().get(0);
    assertThat(sent.toText()).contains("Where is it?", "Acme", "My parcel");
  }

  private static Compiled<ObjectNode, ObjectNode> tuned() {
    Demo demo =
        new Demo(
            (ObjectNode) Json.parse("{\"message\":\"My parcel is late\",\"shop\":\"B\"}"),
            (ObjectNode) Json.parse("{\"intent\":\"DELIVERY\"}"),
            Demo.Origin.LABELED,
            "1");
    return Compiled.of(
        CLASSIFY,
        new ProgramState(Map.of("body", new PredictorState("Say the topic only.", List.of(demo)))),
        Provenance.none());
  }

  private static Desk original() {
    return RecordedCall.proxy(
        Desk.class,
        (proxy, method, arguments) ->
            method.getReturnType() == String.class ? "from the original" : null);
  }

  @Test
  void otherMethodsAreAnsweredAsTheyAreWritten() {
    ScriptedModel model = ScriptedModel.answering(request -> "{\"answer\": true}");
    interface Two {
      @UserMessage("Spam? {{it}}")
      boolean isSpam(String text);

      @UserMessage("Rude? {{it}}")
      boolean isRude(String text);
    }

    AiServiceProgram<Two, Boolean> spam = AiServiceProgram.of(Two.class, Two::isSpam);
    Two two = spam.asService(spam, model);

    assertThat(two.isRude("hm")).isTrue();
    assertThat(model.requests().get(0).toText()).contains("Rude? `it`", "hm");
  }

  @Test
  void savesAndLoadsWhatWasLearnt(@TempDir Path folder) {
    Path file = folder.resolve("classify.json");

    tuned().save(file);

    assertThat(Compiled.load(CLASSIFY, file).state()).isEqualTo(tuned().state());
  }

  @Test
  void givesTheMessagesForLangChain4j() {
    ScriptedModel model = ScriptedModel.answering(request -> "");

    List<ChatMessage> messages =
        Context.builder()
            .lm(model)
            .build()
            .call(() -> CLASSIFY.messages(tuned(), desk -> desk.classify("Where?", "Acme")));

    assertThat(messages.get(0).toString()).contains("Say the topic only.");
    assertThat(messages).hasAtLeastOneElementOfType(AiMessage.class);
    assertThat(messages.get(messages.size() - 1).toString()).contains("Where?");
    assertThat(model.requests()).isEmpty();
  }

  @Test
  void callsAnotherWay() {
    AiServiceProgram<Desk, Intent> thinking = CLASSIFY.as(ChainOfThought::of);
    ScriptedModel model =
        ScriptedModel.answering(request -> "{\"reasoning\": \"money\", \"intent\": \"REFUND\"}");

    assertThat(thinking.asService(thinking, model, original()).classify("Money back", "Acme"))
        .isEqualTo(Intent.REFUND);
    assertThat(model.requests().get(0).toText()).contains("reasoning");
  }

  @Test
  void scoresWithTheMethodsOwnValues() {
    var metric =
        CLASSIFY.metric(
            "same first letter", (a, b) -> a.name().charAt(0) == b.name().charAt(0) ? 1 : 0);
    assertThat(metric.name()).isEqualTo("same first letter");
  }

  @Test
  void saysWhyAMethodCannotBeAProgram() {
    assertRefused(() -> AiServiceProgram.of(Chatty.class, "chat"), "@MemoryId");
    assertRefused(() -> AiServiceProgram.of(Chatty.class, Chatty::stream), "TokenStream");
    assertRefused(() -> AiServiceProgram.of(Chatty.class, "nothing"), "takes nothing");
    assertRefused(() -> AiServiceProgram.of(Desk.class, "dated"), "{{current_date}}");
    assertRefused(() -> AiServiceProgram.of(Desk.class, "clasify"), "0 methods \"clasify\"");
    assertRefused(() -> AiServiceProgram.of(Desk.class, Desk::urgency), "primitive type");
    assertRefused(() -> AiServiceProgram.of(String.class, String::concat), "no interface");
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable code, String words) {
    assertThatThrownBy(code)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(words)
        .hasMessageContaining("Maybe");
  }
}
