package dev.hone.program;

import dev.hone.context.Context;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** A model that answers by a function, and remembers what it was asked. */
public final class FakeModel implements LanguageModel {
  /** What stands for an API key; must never be found anywhere. */
  public static final String KEY = "sk-fake-5f1e8c0d7a";

  private final Function<LmRequest, LmResponse> answer;
  private final Queue<LmRequest> requests = new ConcurrentLinkedQueue<>();

  private FakeModel(Function<LmRequest, LmResponse> answer) {
    this.answer = answer;
  }

  /** Answers every request by a function of it. */
  public static FakeModel answering(Function<LmRequest, String> text) {
    return new FakeModel(
        request -> LmResponse.of(text.apply(request), LmUsage.of(10, 5), "fake:model"));
  }

  /** Answers by a function of the last message. */
  public static FakeModel answeringLast(Function<String, String> text) {
    return answering(request -> text.apply(last(request)));
  }

  /** Gives these replies in order, then none. */
  static FakeModel replying(String... replies) {
    Iterator<String> rest = List.of(replies).iterator();
    return answering(request -> rest.next());
  }

  /** Answers by a function that gives the whole response. */
  static FakeModel responding(Function<LmRequest, LmResponse> answer) {
    return new FakeModel(answer);
  }

  /** A reply in the layout of the chat adapter, of names and values in turn. */
  public static String chat(String... namesAndValues) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      text.append("[[ ## %s ## ]]\n%s\n\n".formatted(namesAndValues[i], namesAndValues[i + 1]));
    }
    return text.append("[[ ## completed ## ]]").toString();
  }

  static String last(LmRequest request) {
    List<LmMessage> messages = request.messages();
    return messages.get(messages.size() - 1).text();
  }

  public static String system(LmRequest request) {
    return request.messages().get(0).text();
  }

  /** What it was asked, in order. */
  public List<LmRequest> requests() {
    return List.copyOf(requests);
  }

  /** A context with this model. */
  public Context context() {
    return Context.builder().lm(this).build();
  }

  @Override
  public LmResponse call(LmRequest request) {
    requests.add(request);
    return answer.apply(request);
  }

  @Override
  public String id() {
    return "fake:model";
  }

  @Override
  public boolean holdsCredentials() {
    return !KEY.isEmpty();
  }
}
