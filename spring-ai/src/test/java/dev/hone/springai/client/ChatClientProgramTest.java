package dev.hone.springai.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.compiled.Provenance;
import dev.hone.context.Context;
import dev.hone.context.LmEvent;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.optimize.fewshot.LabeledFewShot;
import dev.hone.program.ChainOfThought;
import dev.hone.program.PredictorState;
import dev.hone.program.ProgramState;
import dev.hone.prompt.Demo;
import dev.hone.springai.FakeChatModel;
import dev.hone.springai.client.SupportDesk.Team;
import dev.hone.springai.client.SupportDesk.Ticket;
import dev.hone.testkit.ScriptedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.core.ParameterizedTypeReference;
import tools.jackson.databind.node.ObjectNode;

class ChatClientProgramTest {
  private static final ChatClientProgram<Ticket> SORT =
      ChatClientProgram.of(Ticket.class, client -> new SupportDesk(client).sort("shop", "mail"));
  private static final ChatClientProgram<Team> TEAM =
      ChatClientProgram.of(Team.class, client -> new SupportDesk(client).team("mail"));
  private static final ChatClientProgram<String> REPLY =
      ChatClientProgram.of(String.class, client -> new SupportDesk(client).reply("mail"));

  private static String all(Prompt prompt) {
    return String.join("\n", prompt.getInstructions().stream().map(Message::getText).toList());
  }

  private static Compiled<ObjectNode, ObjectNode> learnt(
      ChatClientProgram<?> program, String instructions, Demo... demos) {
    return Compiled.of(
        program,
        new ProgramState(Map.of("body", new PredictorState(instructions, List.of(demos)))),
        Provenance.none());
  }

  private static Demo demo(String input, String output) {
    return new Demo(
        (ObjectNode) Json.parse(input), (ObjectNode) Json.parse(output), Demo.Origin.LABELED, "1");
  }

  private static SupportDesk desk(FakeChatModel model, TunedPrompts tuned) {
    ChatClient.Builder builder = ChatClient.builder(model);
    tuned.customize(builder);
    return new SupportDesk(builder);
  }

  @Test
  void readsTextsVariablesAndTheClassFromTheCode() {
    assertThat(SORT.signature().instructions())
        .isEqualTo("You sort the mail of `shop`.\n\nSort this mail: `mail`");
    assertThat(SORT.signature())
        .hasToString(
            "shop: text, mail: text -> team: one of BILLING | DELIVERY, urgency: whole number,"
                + " topics: list of text");
    assertThat(SORT.signature().outputFields().get(0).description()).isEqualTo("who takes it");
    assertThat(TEAM.signature()).hasToString("mail: text -> team: one of BILLING | DELIVERY");
    assertThat(TEAM.signature().instructions()).isEqualTo("You sort mail.\n\nWhich team? `mail`");
    assertThat(REPLY.signature()).hasToString("message: text -> answer: text");
    assertThat(REPLY.signature().instructions()).isEqualTo("You answer mail kindly.");
    assertThat(
            ChatClientProgram.<List<Team>>of(
                    new ParameterizedTypeReference<List<Team>>() {},
                    client -> {
                      new SupportDesk(client).team("mail");
                      return List.of();
                    })
                .signature())
        .hasToString("mail: text -> answer: list of one of BILLING | DELIVERY");
  }

  @Test
  void makesExamplesOfTheSameCode() {
    Example<ObjectNode, ObjectNode> example =
        SORT.example(
            client -> new SupportDesk(client).sort("Acme", "Where {is} it?"),
            new Ticket(Team.DELIVERY, 3, List.of("parcel")));

    assertThat(example.input()).hasToString("{\"shop\":\"Acme\",\"mail\":\"Where {is} it?\"}");
    assertThat(example.expected())
        .hasToString("{\"team\":\"DELIVERY\",\"urgency\":3,\"topics\":[\"parcel\"]}");
    assertThat(
            SORT.example(
                Map.of("shop", "Acme", "mail", "Where {is} it?"),
                new Ticket(Team.DELIVERY, 3, List.of("parcel"))))
        .isEqualTo(example);
    assertThatThrownBy(
            () -> SORT.example(Map.of("shop", "Acme"), new Ticket(Team.BILLING, 1, List.of())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("{mail}");
    assertThatThrownBy(
            () ->
                TEAM.example(
                    client -> {
                      new SupportDesk(client).chat("x");
                      return Team.BILLING;
                    },
                    Team.BILLING))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("asks");
  }

  @Test
  void isOptimizedAndPutBackUnderTheSameCode() {
    var examples =
        Dataset.of(
            List.of(
                TEAM.example(
                    client -> new SupportDesk(client).team("I was charged twice"), Team.BILLING),
                TEAM.example(
                    client -> new SupportDesk(client).team("My parcel is late"), Team.DELIVERY)));
    ScriptedModel scripted = ScriptedModel.answering(request -> "[[ ## team ## ]]\nBILLING");
    Compiled<ObjectNode, ObjectNode> tuned =
        Context.builder()
            .lm(scripted)
            .build()
            .call(() -> LabeledFewShot.defaults().compile(TEAM, examples, TEAM.exact()).compiled());
    FakeChatModel model =
        new FakeChatModel(prompt -> "[[ ## team ## ]]\nDELIVERY\n\n[[ ## completed ## ]]");

    Team team = desk(model, TunedPrompts.of(TEAM, tuned)).team("Where is my parcel?");

    assertThat(team).isEqualTo(Team.DELIVERY);
    assertThat(model.prompts()).hasSize(1);
    Prompt sent = model.prompts().get(0);
    assertThat(all(sent))
        .contains("I was charged twice", "My parcel is late", "Where is my parcel?")
        .doesNotContain("JSON Schema", "Do not include any explanations");
    assertThat(sent.getInstructions()).hasSizeGreaterThanOrEqualTo(6);
    assertThat(sent.getOptions().getModel()).isEqualTo("fake");
    assertThat(sent.getOptions().getTemperature()).isEqualTo(0.3);
  }

  @Test
  void answersEntitiesTextsAndStreamsAndLetsOtherCallsThrough() {
    FakeChatModel model =
        new FakeChatModel(
            prompt -> {
              String text = all(prompt);
              if (text.contains("SORT WELL")) {
                return "[[ ## team ## ]]\nBILLING\n\n[[ ## urgency ## ]]\n2\n\n[[ ## topics ## ]]\n"
                    + "[\"a\", \"b\"]\n\n[[ ## completed ## ]]";
              }
              return text.contains("BE KIND")
                  ? "[[ ## answer ## ]]\nDear {you}\n\n[[ ## completed ## ]]"
                  : "as it was";
            });
    SupportDesk desk =
        desk(
            model,
            TunedPrompts.of(SORT, learnt(SORT, "SORT WELL")).with(REPLY, learnt(REPLY, "BE KIND")));

    assertThat(desk.sort("Acme", "Money!"))
        .isEqualTo(new Ticket(Team.BILLING, 2, List.of("a", "b")));
    assertThat(desk.reply("Where is it?")).isEqualTo("Dear {you}");
    assertThat(desk.replyStreamed("Where is it?")).isEqualTo("Dear {you}");
    assertThat(desk.chat("hi")).isEqualTo("as it was");
    Prompt untouched = model.prompts().get(3);
    assertThat(untouched.getInstructions()).hasSize(2);
    assertThat(all(untouched)).isEqualTo("You chat.\nhi");
  }

  @Test
  void withoutAProgramTheApplicationIsAsItWas() {
    FakeChatModel plain = new FakeChatModel(prompt -> "\"BILLING\"");
    FakeChatModel customized = new FakeChatModel(prompt -> "\"BILLING\"");

    assertThat(new SupportDesk(ChatClient.builder(plain)).team("x")).isEqualTo(Team.BILLING);
    assertThat(desk(customized, TunedPrompts.none()).team("x")).isEqualTo(Team.BILLING);

    assertThat(all(customized.prompts().get(0))).isEqualTo(all(plain.prompts().get(0)));
  }

  @Test
  void keepsHistoryAndMemory() {
    FakeChatModel model =
        new FakeChatModel(prompt -> "[[ ## team ## ]]\nBILLING\n\n[[ ## completed ## ]]");
    ChatClient.Builder builder = ChatClient.builder(model);
    TunedPrompts.of(
            TEAM,
            learnt(TEAM, "Say the team.", demo("{\"mail\":\"DEMO\"}", "{\"team\":\"DELIVERY\"}")))
        .customize(builder);
    ChatMemory memory = MessageWindowChatMemory.builder().build();
    builder.defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build());
    builder.defaultAdvisors(spec -> spec.param(ChatMemory.CONVERSATION_ID, "one"));
    SupportDesk desk = new SupportDesk(builder);

    desk.teamAfter("an earlier mail", "NOW");

    List<String> texts =
        model.prompts().get(0).getInstructions().stream().map(Message::getText).toList();
    assertThat(texts).hasSize(6);
    assertThat(texts.get(0)).contains("Say the team.");
    assertThat(texts.get(1)).contains("DEMO");
    assertThat(texts.get(3)).isEqualTo("an earlier mail");
    assertThat(texts.get(4)).isEqualTo("noted");
    assertThat(texts.get(5)).contains("NOW");
    assertThat(memory.get("one")).isNotEmpty();
  }

  @Test
  void repairsAReplyAndRunsInTheGivenContext() {
    List<String> replies =
        new ArrayList<>(List.of("PURPLE", "[[ ## team ## ]]\nBILLING\n\n[[ ## completed ## ]]"));
    FakeChatModel model = new FakeChatModel(prompt -> replies.remove(0));
    List<String> heard = new ArrayList<>();
    Context context =
        Context.builder()
            .listener(
                (event, metadata) -> {
                  if (event instanceof LmEvent.CallAnswered answered) {
                    heard.add(metadata.get("request") + " " + answered.modelId());
                  }
                })
            .metadata("request", "r1")
            .build();

    Team team = desk(model, TunedPrompts.of(TEAM, learnt(TEAM, "Say it.")).in(context)).team("x");

    assertThat(team).isEqualTo(Team.BILLING);
    assertThat(heard).containsExactly("r1 spring-ai:fake", "r1 spring-ai:fake");
  }

  @Test
  void theChatModelsOwnExceptionComesOut() {
    RuntimeException down = new IllegalStateException("down");
    FakeChatModel model =
        new FakeChatModel(
            prompt -> {
              throw down;
            });

    assertThatThrownBy(() -> desk(model, TunedPrompts.of(TEAM, TEAM)).team("x")).isSameAs(down);
  }

  @Test
  void runsWhatTheSupplierGivesNowAndAnyProgram() {
    ChatClientProgram<Team> thinking = TEAM.as(ChainOfThought::of);
    AtomicReference<Compiled<ObjectNode, ObjectNode>> now =
        new AtomicReference<>(Compiled.of(thinking));
    FakeChatModel model =
        new FakeChatModel(
            prompt ->
                all(prompt).contains("reasoning")
                    ? "[[ ## reasoning ## ]]\n"
                        + "money\n\n"
                        + "[[ ## team ## ]]\n"
                        + "BILLING\n\n"
                        + "[[ ## completed ## ]]"
                    : "[[ ## team ## ]]\nDELIVERY\n\n[[ ## completed ## ]]");
    SupportDesk desk = desk(model, TunedPrompts.none().with(thinking, now::get));

    assertThat(desk.team("x")).isEqualTo(Team.BILLING);
    now.set(learnt(TEAM, "Say it."));

    assertThat(desk.team("x")).isEqualTo(Team.DELIVERY);
  }

  @Test
  void saysWhyAPromptCannotBeAProgram() {
    assertThatThrownBy(() -> ChatClientProgram.ofTexts("", "What is {user.name}?", String.class))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("{user.name}");
    assertThatThrownBy(() -> ChatClientProgram.ofTexts("", "", String.class))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> ChatClientProgram.ofTexts("", "Tell a joke", String.class))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("takes nothing");
    assertThatThrownBy(() -> ChatClientProgram.of(String.class, client -> "nothing asked"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("0 calls");
    assertThatThrownBy(() -> TunedPrompts.of(TEAM, TEAM).with(TEAM, TEAM))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("two programs");
    assertThat(
            ChatClientProgram.ofTexts("Escape \\{this\\}.", "Say {it}", String.class)
                .signature()
                .instructions())
        .isEqualTo("Escape {this}.\n\nSay `it`");
  }
}
