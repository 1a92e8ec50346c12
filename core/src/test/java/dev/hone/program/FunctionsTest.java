package dev.hone.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.FakeModel;
import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ToolSpec;
import dev.hone.program.Programs.Judged;
import dev.hone.program.Programs.Mood;
import dev.hone.program.Programs.Question;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The outputs as the arguments of one tool. */
class FunctionsTest {
  private static final String GOOD = "{\"mood\": \"GOOD\", \"reasons\": [\"x\"]}";
  private static final Judged JUDGED = new Judged(Mood.GOOD, List.of("x"));
  private static final Question QUESTION = new Question("How are you?");

  private final Predict<Question, Judged> judge = Programs.judge();

  private static LmResponse calling(String tool, String arguments) {
    return LmResponse.builder()
        .parts(List.of(MessagePart.toolCall("c1", tool, arguments)))
        .stopReason(StopReason.TOOL_CALLS)
        .build();
  }

  private static Context context(FakeModel model, Capabilities capabilities) {
    return Context.builder()
        .lm(
            new ForwardingLanguageModel(model) {
              @Override
              public Capabilities capabilities() {
                return capabilities;
              }
            })
        .adapter(Adapter.functions())
        .build();
  }

  private static final Capabilities TOOLS = Capabilities.builder().toolCalls(true).build();

  private static FakeModel responding(LmResponse... replies) {
    int[] next = {0};
    Function<LmRequest, LmResponse> answer = request -> replies[next[0]++];
    return FakeModel.responding(answer);
  }

  @Test
  void theModelMustCallOneToolWhoseArgumentsAreTheOutputs() {
    FakeModel model = responding(calling("answer", GOOD));

    assertThat((Object) context(model, TOOLS).call(() -> judge.run(QUESTION))).isEqualTo(JUDGED);

    LmRequest request = model.requests().get(0);
    assertThat(request.requiredTool()).hasValue("answer");
    assertThat(request.tools()).hasSize(1);
    assertThat(request.tools().get(0).parameters().path("properties").propertyNames())
        .containsExactly("mood", "reasons");
  }

  @Test
  void brokenArgumentsAreRepairedQuotingThem() {
    FakeModel model =
        responding(
            calling("answer", "{\"mood\": \"SO-SO\", \"reasons\": []}"), calling("answer", GOOD));

    assertThat((Object) context(model, TOOLS).call(() -> judge.run(QUESTION))).isEqualTo(JUDGED);

    LmRequest again = model.requests().get(1);
    assertThat(again.messages().get(again.messages().size() - 2).text()).contains("SO-SO");
    assertThat(FakeModel.last(again)).contains("SO-SO", "GOOD | BAD");
    assertThat(again.requiredTool()).hasValue("answer");
  }

  @Test
  void aCallOfAnotherToolAndACallWithoutArgumentsAreNamed() {
    FakeModel model =
        responding(calling("search", GOOD), calling("answer", " "), FakeModel.reply(GOOD));

    assertThat((Object) context(model, TOOLS).call(() -> judge.run(QUESTION))).isEqualTo(JUDGED);

    assertThat(FakeModel.last(model.requests().get(1)))
        .contains("The reply calls \"search\", expected a call of the tool answer");
  }

  @Test
  void argumentsAreReadAsJsonIsReadTolerantly() {
    FakeModel model =
        responding(calling("answer", "```json\n{'Mood': 'good', reasons: ['x',]}\n```"));

    assertThat((Object) context(model, TOOLS).call(() -> judge.run(QUESTION))).isEqualTo(JUDGED);
  }

  @Test
  void aReplyWithoutTheCallIsReadByItsText() {
    FakeModel model = responding(FakeModel.reply(GOOD));

    assertThat((Object) context(model, TOOLS).call(() -> judge.run(QUESTION))).isEqualTo(JUDGED);
    assertThat(model.calls()).isEqualTo(1);
  }

  @Test
  void twoCallsThatDisagreeAreNotTaken() {
    LmResponse two =
        LmResponse.builder()
            .parts(
                List.of(
                    MessagePart.toolCall("1", "answer", GOOD),
                    MessagePart.toolCall("2", "answer", GOOD.replace("GOOD", "BAD"))))
            .stopReason(StopReason.TOOL_CALLS)
            .build();
    FakeModel model = responding(two, calling("answer", GOOD));

    assertThat((Object) context(model, TOOLS).call(() -> judge.run(QUESTION))).isEqualTo(JUDGED);
    assertThat(model.calls()).isEqualTo(2);
  }

  @Test
  void aCallThatWasCutOffIsNotTaken() {
    LmResponse cut =
        calling("answer", "{\"mood\": \"GOOD\", \"reasons\": [\"x").toBuilder()
            .stopReason(StopReason.LENGTH)
            .build();
    FakeModel model = responding(cut, calling("answer", GOOD));

    assertThat((Object) context(model, TOOLS).call(() -> judge.run(QUESTION))).isEqualTo(JUDGED);
    assertThat(model.calls()).isEqualTo(2);
  }

  @Test
  void aModelWithoutToolCallsIsAskedAsJsonAsks() {
    FakeModel model = responding(FakeModel.reply(GOOD));
    Context json = context(model, Capabilities.TEXT).toBuilder().adapter(Adapter.json()).build();

    context(model, Capabilities.TEXT).call(() -> judge.run(QUESTION));

    assertThat(model.requests().get(0)).isEqualTo(json.call(() -> judge.render(QUESTION)));
  }

  @Test
  void aPromptWithToolsOfItsOwnIsRenderedAsJsonRendersIt() {
    Predict<Question, Judged> agent =
        judge.withTools(List.of(ToolSpec.of("search", "finds", Json.object())));
    Context functions = context(responding(), TOOLS);
    Context json = functions.toBuilder().adapter(Adapter.json()).build();

    assertThat(functions.call(() -> agent.render(QUESTION)))
        .isEqualTo(json.call(() -> agent.render(QUESTION)));
  }
}
