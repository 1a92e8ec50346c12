package dev.hone.cli.model;

import dev.hone.InvalidInputException;
import dev.hone.pipeline.TrafficSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for what a minute may have, as accounts at a provider have them. */
public final class RateOptions {
  @Option(
      names = "--requests-per-minute",
      paramLabel = "N",
      description =
          "The most requests a minute to each model; on Spark, of all executors together (default:"
              + " no limit).")
  private @Nullable Long requests;

  @Option(
      names = "--tokens-per-minute",
      paramLabel = "N",
      description =
          "The most tokens a minute, of prompts and replies, to each model (default: no limit).")
  private @Nullable Long tokens;

  /**
   * The most requests of a run on Spark; empty for any number.
   *
   * @throws InvalidInputException if tokens are limited, which is for runs on this machine
   */
  public Optional<Long> requestsOnSpark() {
    if (tokens != null) {
      throw InvalidInputException.of(
          "--tokens-per-minute is for runs on this machine", "use --requests-per-minute on Spark");
    }
    return Optional.ofNullable(requests);
  }

  /**
   * The rates for a pipeline.
   *
   * @throws InvalidInputException if one is less than 1
   */
  TrafficSettings traffic() {
    TrafficSettings settings = TrafficSettings.defaults();
    if (requests != null) {
      settings = settings.requestsPerMinute(requests);
    }
    return tokens == null ? settings : settings.tokensPerMinute(tokens);
  }

  /**
   * Refuses rates where calls go by batch APIs.
   *
   * @throws InvalidInputException if one was set
   */
  void requireNone() {
    if (requests != null || tokens != null) {
      throw InvalidInputException.of(
          "--requests-per-minute and --tokens-per-minute are for single calls, and --batch hands in"
              + " many at once",
          "leave them out; providers have other limits for batches");
    }
  }
}
