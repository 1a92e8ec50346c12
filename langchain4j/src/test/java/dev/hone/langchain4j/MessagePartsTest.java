package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmMessage.Role;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart;
import dev.hone.testkit.OpenAiStubServer;
import dev.hone.testkit.ScriptedModel;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.message.VideoContent;
import dev.langchain4j.data.video.Video;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiResponsesChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessagePartsTest {
  private static final MessagePart.Image PNG = MessagePart.image(new byte[] {1, 2}, "image/png");
  private static final MessagePart.Image CAT = MessagePart.image(URI.create("https://h/cat.png"));
  private static final MessagePart.File WAV = MessagePart.file(new byte[] {1, 2}, "audio/wav");
  private static final MessagePart.File PDF =
      MessagePart.file(new byte[] {1, 2}, "application/pdf");
  private static final MessagePart.ToolCall LOOK = MessagePart.toolCall("1", "look", "{\"a\": 1}");
  private static final ToolExecutionRequest LOOK_REQUEST =
      ToolExecutionRequest.builder().id("1").name("look").arguments("{\"a\": 1}").build();

  private final List<ChatRequest> asked = new ArrayList<>();
  private ChatResponse response = ChatResponse.builder().aiMessage(AiMessage.from("hello")).build();
  private final LangChain4jModel model =
      LangChain4jModel.of(
          new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
              asked.add(request);
              return response;
            }
          },
          "vendor:model");

  @Test
  void sendsTextsAndImagesOfTheUser() {
    model.call(LmRequest.of(LmMessage.user(MessagePart.text("What is this?"), PNG, CAT)));

    assertThat(asked.get(0).messages())
        .containsExactly(
            UserMessage.from(
                TextContent.from("What is this?"),
                ImageContent.from("AQI=", "image/png"),
                ImageContent.from("https://h/cat.png")));
  }

  @Test
  void sendsRecordingsVideosAndPdfsOfTheUser() {
    model.call(
        LmRequest.of(
            LmMessage.user(
                MessagePart.text("Listen."),
                WAV,
                MessagePart.file(new byte[] {1, 2}, "audio/mpeg"),
                MessagePart.file(URI.create("https://h/a.mp4"), "video/mp4"),
                PDF)));

    assertThat(asked.get(0).messages())
        .containsExactly(
            UserMessage.from(
                TextContent.from("Listen."),
                AudioContent.from("AQI=", "audio/wav"),
                AudioContent.from("AQI=", "audio/mp3"),
                VideoContent.from(
                    Video.builder().url("https://h/a.mp4").mimeType("video/mp4").build()),
                PdfFileContent.from("AQI=", "application/pdf")));
    assertThat(model.capabilities().files())
        .containsExactly("application/pdf", "audio/*", "video/*");
  }

  @Test
  void saysWhichFilesCannotBeSent() {
    assertRefused(
        LmMessage.user(MessagePart.file(new byte[] {1}, "application/zip")),
        "A message has a file of application/zip, and LangChain4j passes on audio, video and"
            + " application/pdf. Maybe give its contents as a text.");
  }

  @Test
  void sendsThinkingAndToolCallsOfTheModelAndEveryResult() {
    model.call(
        LmRequest.of(
            LmMessage.user("Look!"),
            LmMessage.assistant(MessagePart.thinking("hm", "signed"), LOOK),
            LmMessage.tool(
                MessagePart.toolResult("1", "look", "a cat", false),
                MessagePart.toolResult("2", "look", "dark", true))));

    assertThat(asked.get(0).messages())
        .containsExactly(
            UserMessage.from("Look!"),
            AiMessage.builder()
                .thinking("hm")
                .toolExecutionRequests(List.of(LOOK_REQUEST))
                .attributes(Map.of("thinking_signature", "signed"))
                .build(),
            ToolExecutionResultMessage.from("1", "look", "a cat"),
            ToolExecutionResultMessage.builder()
                .id("2")
                .toolName("look")
                .text("dark")
                .isError(true)
                .build());
  }

  private static final LmRequest LOOKED =
      LmRequest.of(
          LmMessage.user("Look!"),
          LmMessage.assistant(
              MessagePart.thinking("hm", "signed"),
              LOOK,
              MessagePart.toolCall("2", "look", "{}"),
              MessagePart.toolCall("3", "look", "{}")),
          LmMessage.tool(
              MessagePart.toolResult("1", "look", List.of(MessagePart.text("a cat"), PNG), false),
              MessagePart.toolResult("2", "look", "dark", true),
              MessagePart.toolResult("3", "look", List.of(CAT), false)));

  @Test
  void imagesOfToolsFollowTheResultsInAMessageOfTheUser() {
    model.call(LOOKED);

    assertThat(asked.get(0).messages().subList(2, 6))
        .containsExactly(
            ToolExecutionResultMessage.from("1", "look", "a cat\n[image 1]"),
            ToolExecutionResultMessage.builder()
                .id("2")
                .toolName("look")
                .text("dark")
                .isError(true)
                .build(),
            ToolExecutionResultMessage.from("3", "look", "[image 2]"),
            UserMessage.from(
                TextContent.from("[image 1] of the result of look:"),
                ImageContent.from("AQI=", "image/png"),
                TextContent.from("[image 2] of the result of look:"),
                ImageContent.from("https://h/cat.png")));
  }

  @Test
  void imagesOfToolsStandInTheResultsWhereTheProviderTakesThemThere() {
    LangChain4jModel anthropic =
        LangChain4jModel.of(
            new ChatModel() {
              @Override
              public ChatResponse doChat(ChatRequest request) {
                asked.add(request);
                return response;
              }

              @Override
              public ModelProvider provider() {
                return ModelProvider.ANTHROPIC;
              }
            },
            "anthropic:any");

    anthropic.call(LOOKED);

    assertThat(asked.get(0).messages()).hasSize(5);
    AiMessage said = (AiMessage) asked.get(0).messages().get(1);
    assertThat(said.thinking()).isEqualTo("hm");
    assertThat(said.attributes()).containsEntry("thinking_signature", "signed");
    assertThat(((ToolExecutionResultMessage) asked.get(0).messages().get(2)).contents())
        .containsExactly(TextContent.from("a cat"), ImageContent.from("AQI=", "image/png"));
    assertThat(((ToolExecutionResultMessage) asked.get(0).messages().get(4)).contents())
        .containsExactly(ImageContent.from("https://h/cat.png"));
  }

  @Test
  void readsThinkingTextAndToolCallsOfAReply() {
    response =
        ChatResponse.builder()
            .aiMessage(
                AiMessage.builder()
                    .thinking("hm")
                    .attributes(Map.of("thinking_signature", "signed"))
                    .text("Let me look.")
                    .toolExecutionRequests(List.of(LOOK_REQUEST))
                    .build())
            .finishReason(FinishReason.TOOL_EXECUTION)
            .build();

    LmResponse reply = model.call(LmRequest.of(LmMessage.user("Look!")));

    assertThat(reply.parts())
        .containsExactly(
            MessagePart.thinking("hm", "signed"), MessagePart.text("Let me look."), LOOK);
    assertThat(reply.text()).isEqualTo("Let me look.");
    assertThat(reply.reasoning()).isEqualTo("hm");
    assertThat(reply.stopReason()).isEqualTo(LmResponse.StopReason.TOOL_CALLS);
  }

  @Test
  void saysBeforeTheCallWhichPartDoesNotFit() {
    assertRefused(
        LmMessage.of(Role.SYSTEM, List.of(MessagePart.text("a"), PNG)),
        "The system message has the part Image and takes texts only.");
    assertRefused(
        LmMessage.user(LOOK),
        "The user message has the part ToolCall and takes texts, images and files only.");
    assertRefused(
        LmMessage.assistant(PNG),
        "The assistant message has the part Image and takes texts, thinking and tool calls only.");
    assertRefused(
        LmMessage.of(Role.TOOL, List.of(MessagePart.text("a"))),
        "The tool message has the part Text and takes results of tools only.");
    assertRefused(
        LmMessage.user(MessagePart.text(" "), MessagePart.text("")),
        "A USER message is blank, which LangChain4j does not take");
  }

  private void assertRefused(LmMessage message, String problem) {
    assertThatThrownBy(() -> model.call(LmRequest.of(message)))
        .isInstanceOf(LmException.InvalidRequest.class)
        .hasMessageStartingWith(problem);
    assertThat(asked).isEmpty();
  }

  @Test
  void goesOverTheResponsesApiInLangChain4jsOwnModel() {
    ScriptedModel brain = ScriptedModel.answering(request -> "a cat");
    LmRequest request =
        LmRequest.of(
            LmMessage.system("Be brief."),
            LmMessage.user(MessagePart.text("What is this?"), PNG, PDF));

    try (OpenAiStubServer server = new OpenAiStubServer(brain)) {
      LangChain4jModel responses =
          LangChain4jModel.of(
              OpenAiResponsesChatModel.builder()
                  .baseUrl(server.baseUrl())
                  .apiKey("none")
                  .modelName("o1-pro")
                  .build(),
              "openai:o1-pro");

      assertThat(responses.call(request).text()).isEqualTo("a cat");
      assertThat(brain.requests().get(0).messages()).isEqualTo(request.messages());
    }
  }

  @Test
  void goesOverTheWireAndBackInOpenAisProtocol() {
    LmResponse answer =
        LmResponse.builder()
            .parts(List.of(MessagePart.thinking("hm", null), MessagePart.text("Look."), LOOK))
            .stopReason(LmResponse.StopReason.TOOL_CALLS)
            .modelId("tiny")
            .build();
    ScriptedModel brain = ScriptedModel.replying(request -> answer);
    LmRequest request =
        LmRequest.of(
            LmMessage.system("Be brief."),
            LmMessage.user(MessagePart.text("What is this?"), PNG, CAT, WAV, PDF),
            LmMessage.assistant(MessagePart.text("Let me look."), LOOK),
            LmMessage.tool(MessagePart.toolResult("1", "look", "a cat", false)));

    try (OpenAiStubServer server = new OpenAiStubServer(brain)) {
      LmResponse reply =
          OpenAiModels.openAiCompatible("tiny", server.baseUrl(), null).call(request);

      assertThat(brain.requests().get(0).messages()).isEqualTo(request.messages());
      assertThat(reply).isEqualTo(answer);
    }
  }
}
