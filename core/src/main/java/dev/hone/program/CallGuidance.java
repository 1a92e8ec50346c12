package dev.hone.program;

import dev.hone.context.Context;
import dev.hone.context.ContextKey;
import dev.hone.lm.ToolSpec;
import dev.hone.prompt.Prompt;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the code that runs adds to the prompts of the predictors that it calls: advice, such as what
 * was wrong with an earlier try, and a tool that must be called. Bound to a context; no part of
 * traces, demos or states. Immutable.
 */
public final class CallGuidance {
  private static final ContextKey<CallGuidance> KEY = ContextKey.named("call-guidance");
  private static final CallGuidance NONE = new CallGuidance("", Map.of(), "", null);

  private final String advice;
  private final Map<String, String> adviceByPredictor;
  private final String addition;
  private final @Nullable String requiredTool;

  private CallGuidance(
      String advice,
      Map<String, String> adviceByPredictor,
      String addition,
      @Nullable String requiredTool) {
    this.advice = advice;
    this.adviceByPredictor = adviceByPredictor;
    this.addition = addition;
    this.requiredTool = requiredTool;
  }

  /** What is bound to a context; nothing by default. */
  static CallGuidance of(Context context) {
    return context.value(KEY).orElse(NONE);
  }

  /** A context in which every predictor is given this advice, in place of any before. */
  public static Context advise(Context context, String advice) {
    return context.with(KEY, new CallGuidance(advice, Map.of(), "", of(context).requiredTool));
  }

  /**
   * A context in which predictors are given advice of their own, in place of any before.
   *
   * @param byPredictor the advice by the names that the predictors have in the program that runs
   */
  public static Context advise(Context context, Map<String, String> byPredictor) {
    return context.with(
        KEY, new CallGuidance("", new TreeMap<>(byPredictor), "", of(context).requiredTool));
  }

  /** A context in which every predictor is given this advice after what it is given already. */
  public static Context alsoAdvise(Context context, String addition) {
    CallGuidance before = of(context);
    String all = joined(before.addition, addition);
    return context.with(
        KEY, new CallGuidance(before.advice, before.adviceByPredictor, all, before.requiredTool));
  }

  private static String joined(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + "\n" + second;
  }

  /** A context in which predictors that have a tool of this name must call it, and see no other. */
  public static Context requireTool(Context context, String tool) {
    CallGuidance before = of(context);
    return context.with(
        KEY, new CallGuidance(before.advice, before.adviceByPredictor, before.addition, tool));
  }

  /** A context without any. */
  public static Context none(Context context) {
    return of(context) == NONE ? context : context.with(KEY, NONE);
  }

  /** A prompt of a predictor with what applies to it. */
  Prompt guide(String predictor, Prompt prompt) {
    Prompt guided = prompt;
    Optional<ToolSpec> required =
        prompt.tools().stream().filter(tool -> tool.name().equals(requiredTool)).findFirst();
    if (required.isPresent()) {
      guided = guided.withTools(List.of(required.get())).withRequiredTool(required.get().name());
    }
    String text = joined(adviceByPredictor.getOrDefault(predictor, advice), addition);
    return text.isEmpty() ? guided : guided.withAdvice(text);
  }
}
