package dev.hone.history;

import dev.hone.SettingCheck;
import dev.hone.context.LmEvent;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import dev.hone.program.ProgramEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The last calls of models with their requests and replies, to look at: a listener that keeps at
 * most a number of calls and at most a number of characters of them, whichever is reached first.
 * Thread-safe; costs no call, and some microseconds per call. Calls are kept in memory as they were
 * made, and are nowhere written; what comes out has no credentials.
 *
 * <pre>{@code
 * History history = History.ofLast(20);
 * Context context = Context.builder().lm(model).listener(history).build();
 * context.run(() -> program.run(input));
 * System.out.println(history.inspect(1));
 * }</pre>
 *
 * <p>It has the calls of the contexts that it listens to. So a service keeps its tenants apart by
 * one history for each, or by {@link #last(int, Predicate)} over their metadata; a history that is
 * shared is filled by the tenant that calls most.
 */
public final class History implements EventListener {
  /** The most characters that {@link #ofLast} keeps: about 10 MB at most. */
  public static final int DEFAULT_CHARACTERS = 5_000_000;

  /** Steps that are under way; more than this many at once lose their names. */
  private static final int MOST_STEPS = 4_096;

  private final int mostCalls;
  private final int mostCharacters;
  private final Deque<RecordedCall> calls = new ArrayDeque<>();
  private final Map<Long, String> predictorByStep = new LinkedHashMap<>();
  private long characters;
  private long seen;

  private History(int mostCalls, int mostCharacters) {
    SettingCheck.atLeast("mostCalls", mostCalls, 1);
    SettingCheck.atLeast("mostCharacters", mostCharacters, 1_000);
    this.mostCalls = mostCalls;
    this.mostCharacters = mostCharacters;
  }

  /**
   * A history of at most this number of calls, and of {@link #DEFAULT_CHARACTERS} characters.
   *
   * @throws dev.hone.InvalidInputException if it is less than 1
   */
  public static History ofLast(int mostCalls) {
    return new History(mostCalls, DEFAULT_CHARACTERS);
  }

  /**
   * A history of at most this number of calls and of characters.
   *
   * @param mostCalls at least 1
   * @param mostCharacters of requests, replies and metadata, with 500 for each call; at least
   *     1,000. A single text of more than an eighth of it keeps its beginning and its end
   * @throws dev.hone.InvalidInputException if one is less
   */
  public static History of(int mostCalls, int mostCharacters) {
    return new History(mostCalls, mostCharacters);
  }

  @Override
  public void onEvent(Event event, Map<String, String> metadata) {
    if (event instanceof LmEvent.CallAnswered answered) {
      keep(RecordedCall.of(answered, predictor(event), metadata, mostOfText()));
    } else if (event instanceof LmEvent.CallFailed failed) {
      keep(RecordedCall.of(failed, predictor(event), metadata, mostOfText()));
    } else if (event instanceof ProgramEvent.PredictorStarted started) {
      begin(started);
    } else if (event instanceof ProgramEvent) {
      end(event);
    }
  }

  private int mostOfText() {
    return mostCharacters / 8;
  }

  private synchronized void begin(ProgramEvent.PredictorStarted step) {
    predictorByStep.put(step.stamp().id(), step.predictor());
    if (predictorByStep.size() > MOST_STEPS) {
      predictorByStep.remove(predictorByStep.keySet().iterator().next());
    }
  }

  private synchronized void end(Event step) {
    predictorByStep.remove(step.stamp().id());
  }

  private synchronized String predictor(Event call) {
    return predictorByStep.getOrDefault(call.stamp().parentId(), "");
  }

  private synchronized void keep(RecordedCall call) {
    seen++;
    calls.addLast(call);
    characters += call.size();
    while (calls.size() > mostCalls || characters > mostCharacters && calls.size() > 1) {
      characters -= calls.removeFirst().size();
    }
  }

  /** The last calls, the oldest first; fewer if there are no more. */
  public List<RecordedCall> last(int most) {
    return last(most, call -> true);
  }

  /** The last calls of which something holds, such as {@code call.has("tenant", "acme")}. */
  public synchronized List<RecordedCall> last(int most, Predicate<? super RecordedCall> which) {
    SettingCheck.atLeast("the number of calls", most, 0);
    List<RecordedCall> chosen = calls.stream().filter(which).toList();
    return new ArrayList<>(chosen.subList(Math.max(0, chosen.size() - most), chosen.size()));
  }

  /** The number of calls that it has seen, those included that it no longer has. */
  public synchronized long seen() {
    return seen;
  }

  /** Forgets all calls. */
  public synchronized void clear() {
    calls.clear();
    characters = 0;
  }

  /** The last calls as people read them, with requests and replies, the newest at the end. */
  public String inspect(int most) {
    return inspect(most, call -> true);
  }

  /** The last calls of which something holds, as people read them. */
  public String inspect(int most, Predicate<? super RecordedCall> which) {
    List<RecordedCall> chosen = last(most, which);
    return chosen.isEmpty()
        ? "no calls"
        : chosen.stream()
            .map(RecordedCall::toText)
            .collect(Collectors.joining("\n\n==== "))
            .transform("==== "::concat);
  }

  /** One line, such as {@code History[3 of 12 calls]}. */
  @Override
  public synchronized String toString() {
    return "History[%d of %d calls]".formatted(calls.size(), seen);
  }
}
