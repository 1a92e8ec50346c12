package dev.hone.lm.bridge;

import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ModelIdentity;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which options a model has refused, so that each is refused once. Providers tell it in the words
 * of an error only: that {@code max_tokens} is to be called {@code max_completion_tokens}, or that
 * the model takes no {@code temperature}. A model that is made again, as for each request of a
 * service, still knows it. Thread-safe.
 */
public final class RefusedOptions {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedOptions.class);
  private static final int MOST_MODELS = 1_000;
  private static final Map<ModelIdentity, RefusedOptions> KNOWN =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ModelIdentity, RefusedOptions> eldest) {
              return size() > MOST_MODELS;
            }
          });

  /** How providers say that there is no such option for a model. */
  private static final Pattern REFUSAL =
      Pattern.compile(
          "unsupported|not (be )?(supported|permitted|allowed|accepted|available)"
              + "|(does not|doesn't) (support|accept|take|allow)|deprecated|unrecogni[sz]ed"
              + "|unknown (parameter|field|argument|name)|unexpected (parameter|argument|keyword)"
              + "|extra inputs|cannot (both )?be (specified|set|used)|only the default"
              + "|may only be set");

  /** An option, with the names by which providers speak of it, as {@code temperature}. */
  private enum Option {
    /** Before the temperature, which is the one to keep where only both together are refused. */
    TOP_P("\\btop_?p\\b"),
    TEMPERATURE("\\btemperature\\b"),
    LIMIT("\\bmax(_completion|_output)?_?tokens\\b"),
    STOP("\\bstop(_?sequences)?\\b");

    private final Pattern name;

    Option(String name) {
      this.name = Pattern.compile(name);
    }
  }

  private volatile Set<Option> refused = Set.of();

  private RefusedOptions() {}

  /** Of a model of which nothing is known. */
  public static RefusedOptions none() {
    return new RefusedOptions();
  }

  /** Of a model that may have been made before, and then knows what it knew. */
  public static RefusedOptions of(ModelIdentity identity) {
    return KNOWN.computeIfAbsent(identity, same -> none());
  }

  /** Notes that a model is known to take no temperature, nor the like of it. */
  public void addSampling() {
    add(Option.TEMPERATURE);
    add(Option.TOP_P);
  }

  /** Whether the limit on tokens has to go by its other name. */
  public boolean otherLimit() {
    return refused.contains(Option.LIMIT);
  }

  /** A request without the options that were refused; the same one if it has none of them. */
  public LmRequest allowed(LmRequest request) {
    Set<Option> now = refused;
    if (now.isEmpty()) {
      return request;
    }
    LmOptions options = request.options();
    LmOptions.Builder left = options.toBuilder();
    if (now.contains(Option.TEMPERATURE)) {
      left.temperature(null);
    }
    if (now.contains(Option.TOP_P)) {
      left.topP(null);
    }
    if (now.contains(Option.STOP)) {
      left.stop();
    }
    LmOptions allowed = left.build();
    return allowed.equals(options) ? request : request.withOptions(allowed);
  }

  /**
   * Learns from an error, if that is about an option of the request, whether the request may be
   * sent again without it.
   *
   * @param sent the request as it was sent, see {@link #allowed}
   * @param otherLimit how its limit was called, see {@link #otherLimit()}
   */
  public boolean learn(LmException.InvalidRequest error, LmRequest sent, boolean otherLimit) {
    String words = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
    if (!REFUSAL.matcher(words).find()) {
      return false;
    }
    for (Option option : Option.values()) {
      if (isSet(option, sent.options(), otherLimit) && option.name.matcher(words).find()) {
        add(option);
        return true;
      }
    }
    return false;
  }

  private static boolean isSet(Option option, LmOptions options, boolean otherLimit) {
    return switch (option) {
      case TOP_P -> options.topP() != null;
      case TEMPERATURE -> options.temperature() != null;
      case LIMIT -> options.maxTokens() != null && !otherLimit;
      case STOP -> !options.stop().isEmpty();
    };
  }

  private synchronized void add(Option option) {
    if (!refused.contains(option)) {
      EnumSet<Option> more = EnumSet.of(option);
      more.addAll(refused);
      refused = Collections.unmodifiableSet(more);
      LOG.debug("{} is left out, or named otherwise, from now on", option);
    }
  }

  @Override
  public String toString() {
    return "RefusedOptions" + refused;
  }
}
