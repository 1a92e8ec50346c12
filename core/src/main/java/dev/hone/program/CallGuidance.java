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
  private static final CallGuidance NONE = new CallGuidance("", Map.of(), null);

  private final String advice;
  private final Map<String, String> adviceByPredictor;
  private final @Nullable String requiredTool;

  private CallGuidance(
      String advice, Map<String, String> adviceByPredictor, @Nullable String requiredTool) {
    this.advice = advice;
    this.adviceByPredictor = adviceByPredictor;
    this.requiredTool = requiredTool;
  }

  /** What is bound to a context; nothing by default. */
  static CallGuidance of(Context context) {
    return context.value(KEY).orElse(NONE);
  }

  /** A context in which every predictor is given this advice, in place of any before. */
  public static Context advise(Context context, String advice) {
    return context.with(KEY, new CallGuidance(advice, Map.of(), of(context).requiredTool));
  }

  /**
   * A context in which predictors are given advice of their own, in place of any before.
   *
   * @param byPredictor the advice by the names that the predictors have in the program that runs
   */
  public static Context advise(Context context, Map<String, String> byPredictor) {
    return context.with(
        KEY, new CallGuidance("", new TreeMap<>(byPredictor), of(context).requiredTool));
  }

  /** A context in which every predictor is given this advice after any before. */
  public static Context adviseAlso(Context context, String advice) {
    CallGuidance before = of(context);
    Map<String, String> byPredictor = new TreeMap<>(before.adviceByPredictor);
    byPredictor.replaceAll((name, text) -> after(text, advice));
    return context.with(
        KEY, new CallGuidance(after(before.advice, advice), byPredictor, before.requiredTool));
  }

  /**
   * A context in which predictors are given advice of their own after any before.
   *
   * @param byPredictor the advice by the names that the predictors have in the program that runs
   */
  public static Context adviseAlso(Context context, Map<String, String> byPredictor) {
    CallGuidance before = of(context);
    Map<String, String> all = new TreeMap<>(before.adviceByPredictor);
    byPredictor.forEach(
        (name, text) -> all.put(name, after(all.getOrDefault(name, before.advice), text)));
    return context.with(KEY, new CallGuidance(before.advice, all, before.requiredTool));
  }

  private static String after(String before, String advice) {
    return before.isEmpty() ? advice : before + "\n" + advice;
  }

  /** A context in which predictors that have a tool of this name must call it, and see no other. */
  public static Context requireTool(Context context, String tool) {
    CallGuidance before = of(context);
    return context.with(KEY, new CallGuidance(before.advice, before.adviceByPredictor, tool));
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
    String text = adviceByPredictor.getOrDefault(predictor, advice);
    return text.isEmpty() ? guided : guided.withAdvice(text);
  }
}
