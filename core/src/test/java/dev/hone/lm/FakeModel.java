package dev.hone.lm;

import dev.hone.context.Context;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** The model of the tests of core: it answers by a function, and remembers what it was asked. */
public final class FakeModel implements LanguageModel {
  /** What stands for an API key; must never be found anywhere. */
  public static final String KEY = "sk-fake-5f1e8c0d7a";

  private static final String ID = "fake:model";

  private final String id;
  private final Function<LmRequest, LmResponse> answer;
  private final Queue<LmRequest> requests = new ConcurrentLinkedQueue<>();

  /** A model of that name. */
  public FakeModel(String id, Function<LmRequest, LmResponse> answer) {
    this.id = id;
    this.answer = answer;
  }

  /** A model that always says the same. */
  public static FakeModel saying(String text) {
    return answering(request -> text);
  }

  /** Answers every request by a function of it. */
  public static FakeModel answering(Function<LmRequest, String> text) {
    return responding(request -> reply(text.apply(request)));
  }

  /** Answers by a function of the last message. */
  public static FakeModel answeringLast(Function<String, String> text) {
    return answering(request -> text.apply(last(request)));
  }

  /** Gives these replies in order, then none. */
  public static FakeModel replying(String... replies) {
    Iterator<String> rest = List.of(replies).iterator();
    return answering(request -> rest.next());
  }

  /** Answers by a function that gives the whole response. */
  public static FakeModel responding(Function<LmRequest, LmResponse> answer) {
    return new FakeModel(ID, answer);
  }

  /** A complete reply that cost 10 and 5 tokens. */
  public static LmResponse reply(String text) {
    return LmResponse.of(text, LmUsage.of(10, 5), ID);
  }

  /** A request of one user message. */
  public static LmRequest request(String text) {
    return LmRequest.of(LmMessage.user(text));
  }

  /** A reply in the layout of the chat adapter, of names and values in turn. */
  public static String chat(String... namesAndValues) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      text.append("[[ ## %s ## ]]\n%s\n\n".formatted(namesAndValues[i], namesAndValues[i + 1]));
    }
    return text.append("[[ ## completed ## ]]").toString();
  }

  /** The text of the last message. */
  public static String last(LmRequest request) {
    List<LmMessage> messages = request.messages();
    return messages.get(messages.size() - 1).text();
  }

  /** The text of the first message. */
  public static String system(LmRequest request) {
    return request.messages().get(0).text();
  }

  /** What it was asked, in order. */
  public List<LmRequest> requests() {
    return List.copyOf(requests);
  }

  /** The calls so far. */
  public int calls() {
    return requests.size();
  }

  /** A context with any model, without cache and retries. */
  public static Context uncached(LanguageModel model, int inFlight) {
    return Context.builder()
        .lm(
            LmPipeline.builder(model)
                .maxInFlight(inFlight)
                .noCache()
                .retry(RetrySettings.none())
                .build())
        .build();
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
    return id;
  }
}
