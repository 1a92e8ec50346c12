package dev.hone.springboot;

import dev.hone.text.Redaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code hone.*}. What is not set is as Hone's own defaults have it. No property
 * takes a key: keys are read from the environment of the application, by the names that {@code hone
 * models} shows, such as {@code OPENAI_API_KEY}.
 *
 * @param model the model by name, such as {@code openai:gpt-4o-mini}. A {@code LanguageModel} bean
 *     of the application wins over it, unless there are several and none is primary; it wins over a
 *     {@code ChatModel} bean
 * @param modelId the name of a {@code ChatModel} bean in reports and cache keys; default: {@code
 *     spring-ai:} and the model in its options
 * @param maxInFlight the most calls under way at once
 * @param retry when and how often a call is tried again
 * @param traffic rates, deadlines, second attempts
 * @param budget what all calls of the process may cost; default: no limit
 * @param cache where replies are kept
 * @param options how replies are generated
 * @param adapter how prompts are rendered: {@code chat}, {@code json} or {@code xml}
 * @param isolateCacheBy the keys of the metadata that keep cached replies apart; default: all with
 *     {@code tenant} in their name
 * @param observation what is observed
 * @param programs compiled programs by their names
 * @param store where programs without a file of their own come from
 * @param reloadInterval how often files and the store are looked at; 0 for never
 */
@ConfigurationProperties("hone")
public record HoneProperties(
    @Nullable String model,
    @Nullable String modelId,
    @Nullable Integer maxInFlight,
    @DefaultValue Retry retry,
    @DefaultValue Traffic traffic,
    @DefaultValue Limits budget,
    @DefaultValue Cache cache,
    @DefaultValue Options options,
    @DefaultValue("chat") String adapter,
    @Nullable List<String> isolateCacheBy,
    @DefaultValue Observe observation,
    @DefaultValue Map<String, ProgramFile> programs,
    @DefaultValue Store store,
    @DefaultValue("5s") Duration reloadInterval) {

  /** One line: the model, without a password in its address, and the names of the programs. */
  @Override
  public String toString() {
    return "HoneProperties[model=%s, programs %s]"
        .formatted(model == null ? "that of a bean" : Redaction.of(model), programs.keySet());
  }

  /**
   * When and how often a call is tried again; see {@link dev.hone.pipeline.RetrySettings}.
   *
   * @param maxAttempts the most attempts of a call, the first included
   * @param initialDelay the wait before the second attempt
   * @param maxDelay the longest wait
   * @param totalTime how long a call may be tried
   * @param outageTime how long calls wait for a model that is away
   */
  public record Retry(
      @Nullable Integer maxAttempts,
      @Nullable Duration initialDelay,
      @Nullable Duration maxDelay,
      @Nullable Duration totalTime,
      @Nullable Duration outageTime) {
    /** Whether anything is; a model by a batch API has defaults of its own. */
    boolean isSet() {
      return maxAttempts != null
          || initialDelay != null
          || maxDelay != null
          || totalTime != null
          || outageTime != null;
    }
  }

  /**
   * Rates, deadlines, second attempts; see {@link dev.hone.pipeline.TrafficSettings}.
   *
   * @param requestsPerMinute the most requests a minute
   * @param tokensPerMinute the most tokens a minute
   * @param attemptTimeout how long one attempt may take
   * @param deadline how long a call may take, with all waits
   * @param hedgeAfter after which a second attempt starts beside a slow one
   */
  public record Traffic(
      @Nullable Long requestsPerMinute,
      @Nullable Long tokensPerMinute,
      @Nullable Duration attemptTimeout,
      @Nullable Duration deadline,
      @Nullable Duration hedgeAfter) {}

  /**
   * What all calls of the process may cost; see {@link dev.hone.context.Budget}.
   *
   * @param calls the most calls
   * @param tokens the most tokens, sent and received
   * @param usd the most US dollars
   * @param wallClock the time from the first call on
   */
  public record Limits(
      @Nullable Long calls,
      @Nullable Long tokens,
      @Nullable Double usd,
      @Nullable Duration wallClock) {}

  /**
   * Where replies are kept.
   *
   * @param enabled whether equal calls are answered from a cache
   * @param file a file for them, with the module {@code hone-sqlite}; default: in memory
   */
  public record Cache(@DefaultValue("true") boolean enabled, @Nullable Path file) {}

  /**
   * How replies are generated.
   *
   * @param temperature of sampling
   * @param topP of sampling
   * @param maxTokens the longest reply
   */
  public record Options(
      @Nullable Double temperature, @Nullable Double topP, @Nullable Integer maxTokens) {}

  /**
   * What is observed.
   *
   * @param enabled whether runs, predictors and calls are observed
   * @param content whether prompts and replies are part of the observations of calls; whoever reads
   *     the traces reads these then
   */
  public record Observe(
      @DefaultValue("true") boolean enabled, @DefaultValue("false") boolean content) {}

  /**
   * A compiled program.
   *
   * @param file where it is, as a path or {@code classpath:…}; default: in the store, by its name
   * @param required whether the application must not start without it; if not, a program that code
   *     has runs as it is until there is a file
   */
  public record ProgramFile(@Nullable String file, @DefaultValue("true") boolean required) {}

  /**
   * Where programs without a file of their own come from; a {@code ProgramSource} bean of the
   * application wins.
   *
   * @param folder as {@link dev.hone.store.FolderPrograms} has it
   * @param classpath as {@link dev.hone.store.ResourcePrograms} has it
   */
  public record Store(@Nullable Path folder, @Nullable String classpath) {}
}
