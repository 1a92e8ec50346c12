package dev.hone.lm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.LmResponse.StopReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyListenerTest {
  private static final LmRequest REQUEST = LmRequest.of(LmMessage.user("hi"));

  private final List<String> told = new ArrayList<>();

  private final ReplyListener listener =
      new ReplyListener() {
        @Override
        public void onText(String delta) {
          told.add("text " + delta);
        }

        @Override
        public void onThinking(String delta) {
          told.add("thinking " + delta);
        }

        @Override
        public void onToolCall(int index, String name, String delta) {
          told.add("call " + index + " " + name + " " + delta);
        }
      };

  /** A model that tells its reply letter by letter. */
  private static final class Letters implements LanguageModel {
    @Override
    public LmResponse call(LmRequest request) {
      return LmResponse.of("ab" + request.options().maxTokens(), LmUsage.NONE, id());
    }

    @Override
    public LmResponse call(LmRequest request, ReplyListener listener) {
      LmResponse whole = call(request);
      whole.text().chars().forEach(letter -> listener.onText(Character.toString(letter)));
      return whole;
    }

    @Override
    public String id() {
      return "letters";
    }
  }

  @Test
  void tellsTheWholeReplyOfAModelThatCannotStream() {
    LmResponse reply =
        LmResponse.builder()
            .parts(
                List.of(
                    MessagePart.thinking("hm", null),
                    MessagePart.text("Paris"),
                    MessagePart.toolCall("1", "a", "{}"),
                    MessagePart.toolCall("2", "b", "{\"x\":1}")))
            .stopReason(StopReason.TOOL_CALLS)
            .build();
    LanguageModel model =
        new LanguageModel() {
          @Override
          public LmResponse call(LmRequest request) {
            return reply;
          }

          @Override
          public String id() {
            return "whole";
          }
        };

    assertThat(model.call(REQUEST, listener)).isEqualTo(reply);
    assertThat(told)
        .containsExactly("thinking hm", "text Paris", "call 0 a {}", "call 1 b {\"x\":1}");
  }

  @Test
  void forwardsWhatArrives() {
    LanguageModel model = new ForwardingLanguageModel(new Letters()) {};

    model.withOptions(o -> o.maxTokens(7)).call(REQUEST, listener);

    assertThat(told).containsExactly("text a", "text b", "text 7");
  }

  @Test
  void passesNoDecoratorBy() {
    List<LmRequest> seen = new ArrayList<>();
    class Journal extends ForwardingLanguageModel {
      Journal() {
        super(new Letters());
      }

      @Override
      public LmResponse call(LmRequest request) {
        seen.add(request);
        return super.call(request);
      }
    }

    new Journal().call(REQUEST, listener);
    new Journal() {}.call(REQUEST, listener);

    assertThat(seen).containsExactly(REQUEST, REQUEST);
    assertThat(told).containsExactly("text abnull", "text abnull");
  }

  @Test
  void letsADecoratorStream() {
    class Shouting extends ForwardingLanguageModel {
      Shouting() {
        super(new Letters());
      }

      @Override
      public LmResponse call(LmRequest request) {
        return call(request, ReplyListener.NONE);
      }

      @Override
      public LmResponse call(LmRequest request, ReplyListener to) {
        return delegate().call(request, to);
      }
    }

    new Shouting().call(REQUEST.withOptions(LmOptions.defaults()), listener);

    assertThat(told).containsExactly("text a", "text b", "text n", "text u", "text l", "text l");
  }
}
