package dev.hone.spark;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.context.Context;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmOptions;
import dev.hone.lm.ModelSpec;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.TrafficSettings;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The model that answers, by its name, and how fast it is called. Immutable and serializable: this
 * is what goes to the executors, and it holds no credential. Each executor makes the model by
 * {@link LanguageModel#named}, with the key of its own environment, once, whatever the number of
 * tasks; they share its cache, its limit on calls in flight and its retries.
 *
 * <p>Defaults: {@value LmPipeline#DEFAULT_MAX_IN_FLIGHT} calls in flight per executor, no rate, a
 * cache in the memory of each executor, no options.
 */
public final class SparkModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Settings settings;

  private SparkModel(Settings settings) {
    this.settings = settings;
  }

  private record Settings(
      String name,
      int maxInFlight,
      long requestsPerMinute,
      long tokensPerMinute,
      int executors,
      boolean cached,
      Options options)
      implements Serializable {}

  private record Options(
      @Nullable Double temperature,
      @Nullable Integer maxTokens,
      @Nullable Double topP,
      List<String> stop)
      implements Serializable {
    static Options of(LmOptions options) {
      return new Options(
          options.temperature(), options.maxTokens(), options.topP(), List.copyOf(options.stop()));
    }

    LmOptions lmOptions() {
      LmOptions.Builder builder =
          LmOptions.builder().temperature(temperature).maxTokens(maxTokens).topP(topP);
      return (stop.isEmpty() ? builder : builder.stop(stop)).build();
    }
  }

  /**
   * A model by its name, such as {@code openai:gpt-4o-mini}. Makes no call, and looks at no key.
   *
   * @throws InvalidInputException if no provider on the driver's class path knows such a model, or
   *     the name has a credential in it, such as a password in an address: names go into plans and
   *     files
   */
  public static SparkModel named(String name) {
    String shown = ModelSpec.parse(SettingCheck.given("model", name)).toString();
    if (!shown.equals(name)) {
      throw InvalidInputException.of(
          "The model's name (%s) has a credential in it, which would stand in Spark's plans"
              .formatted(shown),
          "leave it out, and set the key in the environment of the executors");
    }
    return new SparkModel(
        new Settings(
            name,
            LmPipeline.DEFAULT_MAX_IN_FLIGHT,
            0,
            0,
            0,
            true,
            Options.of(LmOptions.defaults())));
  }

  /**
   * A copy with another number of calls in flight on each executor, over all of its tasks.
   *
   * @throws InvalidInputException if it is less than 1
   */
  public SparkModel maxInFlight(int value) {
    Settings s = settings;
    return new SparkModel(
        new Settings(
            s.name,
            (int) atLeastOne("maxInFlight", value, 16),
            s.requestsPerMinute,
            s.tokensPerMinute,
            s.executors,
            s.cached,
            s.options));
  }

  /**
   * A copy that lets this many attempts a minute through on all executors together: each gets an
   * equal share, those that are idle included. See {@link TrafficSettings#requestsPerMinute}.
   *
   * @throws InvalidInputException if it is less than 1
   */
  public SparkModel requestsPerMinute(long value) {
    Settings s = settings;
    return new SparkModel(
        new Settings(
            s.name,
            s.maxInFlight,
            atLeastOne("requestsPerMinute", value, 500),
            s.tokensPerMinute,
            s.executors,
            s.cached,
            s.options));
  }

  /**
   * A copy that lets this many tokens a minute through on all executors together, divided as {@link
   * #requestsPerMinute} is. See {@link TrafficSettings#tokensPerMinute}.
   *
   * @throws InvalidInputException if it is less than 1
   */
  public SparkModel tokensPerMinute(long value) {
    Settings s = settings;
    return new SparkModel(
        new Settings(
            s.name,
            s.maxInFlight,
            s.requestsPerMinute,
            atLeastOne("tokensPerMinute", value, 200_000),
            s.executors,
            s.cached,
            s.options));
  }

  /**
   * A copy whose rates are divided by this number of executors. Default: what the configuration of
   * Spark says: 1 in local mode, {@code spark.executor.instances}, or with dynamic allocation
   * {@code spark.dynamicAllocation.maxExecutors}.
   *
   * @throws InvalidInputException if it is less than 1
   */
  public SparkModel executors(int value) {
    return withExecutors((int) atLeastOne("executors", value, 4));
  }

  private SparkModel withExecutors(int value) {
    Settings s = settings;
    return new SparkModel(
        new Settings(
            s.name,
            s.maxInFlight,
            s.requestsPerMinute,
            s.tokensPerMinute,
            value,
            s.cached,
            s.options));
  }

  /** A copy without a cache, so that equal calls are paid for each time. */
  public SparkModel withoutCache() {
    Settings s = settings;
    return new SparkModel(
        new Settings(
            s.name,
            s.maxInFlight,
            s.requestsPerMinute,
            s.tokensPerMinute,
            s.executors,
            false,
            s.options));
  }

  /** A copy with options, such as a temperature; a rollout id is not kept. */
  public SparkModel options(LmOptions value) {
    Settings s = settings;
    return new SparkModel(
        new Settings(
            s.name,
            s.maxInFlight,
            s.requestsPerMinute,
            s.tokensPerMinute,
            s.executors,
            s.cached,
            Options.of(SettingCheck.given("options", value))));
  }

  private static long atLeastOne(String name, long value, long example) {
    if (value < 1) {
      throw InvalidInputException.of(name + " (" + value + ") is less than 1", "use " + example);
    }
    return value;
  }

  /** Its name. */
  public String name() {
    return settings.name;
  }

  /** The most calls in flight on one executor. */
  public int maxInFlight() {
    return settings.maxInFlight;
  }

  /** The part of one executor: rates are divided, and the number of executors is settled. */
  SparkModel share(OptionalInt configured) {
    if (settings.requestsPerMinute == 0 && settings.tokensPerMinute == 0) {
      return withExecutors(1);
    }
    int executors = settings.executors > 0 ? settings.executors : configured.orElse(0);
    if (executors == 0) {
      throw InvalidInputException.of(
          "The rate of %s is to be divided by the number of executors, and the configuration does"
                  .formatted(settings.name)
              + " not say it",
          "call executors(4), or set spark.executor.instances");
    }
    SparkModel part = withExecutors(1);
    if (settings.requestsPerMinute > 0) {
      part =
          part.requestsPerMinute(part("requestsPerMinute", settings.requestsPerMinute, executors));
    }
    return settings.tokensPerMinute > 0
        ? part.tokensPerMinute(part("tokensPerMinute", settings.tokensPerMinute, executors))
        : part;
  }

  private static long part(String name, long rate, int executors) {
    if (rate < executors) {
      throw InvalidInputException.of(
          "%s (%d) is less than the number of executors (%d)".formatted(name, rate, executors),
          "use fewer executors");
    }
    return rate / executors;
  }

  /** The context that answers on this machine; makes the model, with the key of this process. */
  Context context() {
    LmPipeline.Builder pipeline =
        LmPipeline.builder(LanguageModel.named(settings.name)).maxInFlight(settings.maxInFlight);
    TrafficSettings traffic = TrafficSettings.defaults();
    if (settings.requestsPerMinute > 0) {
      traffic = traffic.requestsPerMinute(settings.requestsPerMinute);
    }
    if (settings.tokensPerMinute > 0) {
      traffic = traffic.tokensPerMinute(settings.tokensPerMinute);
    }
    pipeline.traffic(traffic);
    if (!settings.cached) {
      pipeline.noCache();
    }
    return Context.builder().lm(pipeline.build()).options(settings.options.lmOptions()).build();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SparkModel model && model.settings.equals(settings);
  }

  @Override
  public int hashCode() {
    return Objects.hash(settings);
  }

  /** One line with the name and the limits. */
  @Override
  public String toString() {
    return "SparkModel[%s, %d in flight per executor, %d requests/min, %d tokens/min]"
        .formatted(
            settings.name,
            settings.maxInFlight,
            settings.requestsPerMinute,
            settings.tokensPerMinute);
  }
}
