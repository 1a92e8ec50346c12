package dev.hone.benchmarks.realserver;

import dev.hone.langchain4j.LangChain4jModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.concurrent.atomic.AtomicInteger;

/** A streaming model of LangChain4j beside the one that answers in one piece. */
final class Streaming {
  private final LanguageModel whole;
  private final String url;
  private final String name;
  private final AtomicInteger pieces = new AtomicInteger();

  Streaming(LanguageModel whole, String url, String name) {
    this.whole = whole;
    this.url = url;
    this.name = name;
  }

  /** Counts the pieces that a model sends. */
  private StreamingChatModel counted(StreamingChatModel model) {
    return new StreamingChatModel() {
      @Override
      public void chat(ChatRequest request, StreamingChatResponseHandler handler) {
        model.chat(
            request,
            new StreamingChatResponseHandler() {
              @Override
              public void onPartialResponse(String piece) {
                pieces.incrementAndGet();
                handler.onPartialResponse(piece);
              }

              @Override
              public void onCompleteResponse(ChatResponse response) {
                handler.onCompleteResponse(response);
              }

              @Override
              public void onError(Throwable error) {
                handler.onError(error);
              }
            });
      }
    };
  }

  /** Holds if the reply came in pieces and equals the one in one piece, usage included. */
  Check equalsTheWhole(String what) {
    StreamingChatModel streaming =
        OpenAiStreamingChatModel.builder().baseUrl(url).apiKey("none").modelName(name).build();
    LanguageModel model = LangChain4jModel.ofStreaming(counted(streaming), "streamed:" + name);
    LmRequest request = WireChecks.asking("Name three rivers of Europe.", 40).build();
    LmResponse expected = whole.call(request);
    LmResponse found = model.call(request);
    boolean same =
        found.text().equals(expected.text())
            && found.stopReason() == expected.stopReason()
            && found.usage().completionTokens() == expected.usage().completionTokens();
    String seen =
        "%d pieces, \"%s\", %s, %s; in one piece %s"
            .formatted(
                pieces.get(),
                same ? "the same text" : found.text() + "\" rather than \"" + expected.text(),
                found.stopReason(),
                found.usage(),
                expected.usage());
    return new Check(what, same && pieces.get() > 1, seen);
  }
}
