package dev.hone.adapter.tool;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which models turned out to take no tools in requests, though they were said to: whether a server
 * takes them for one of its models is known by trying only. Such a model is asked in words from
 * then on. Says so in the log, once. Thread-safe.
 */
public final class ToolRefusals {
  private static final Logger LOG = LoggerFactory.getLogger(ToolRefusals.class);

  /** How servers say that it is the tools, where they do not answer that a request is invalid. */
  private static final Pattern ABOUT_TOOLS =
      Pattern.compile(
          "(?:tool|function)(?:s|_choice|[ -]?call\\w{0,5})?\\b.{0,60}(?:support|require|allowed|enable)"
              + "|(?:support|unsupported|unknown|unexpected).{0,60}\\b(?:tool|function)");

  private static final Cache<LanguageModel, Boolean> REFUSED =
      Caffeine.newBuilder().weakKeys().build();

  private ToolRefusals() {}

  /** What a model offers, as far as it has not turned out otherwise. */
  public static Capabilities capabilities(LanguageModel model) {
    Capabilities said = model.capabilities();
    return said.toolCalls() && REFUSED.getIfPresent(model) != null ? inWords(model) : said;
  }

  /** What a model offers but tools in requests. */
  public static Capabilities inWords(LanguageModel model) {
    return model.capabilities().toBuilder().toolCalls(false).build();
  }

  /** Whether a request with tools may have been refused for them. */
  public static boolean mayBe(LmException error) {
    return error instanceof LmException.InvalidRequest
        || (error instanceof LmException.Unavailable || error instanceof LmException.ProviderFailed)
            && ABOUT_TOOLS
                .matcher(String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT))
                .find();
  }

  /** Notes that a model answered in words what it refused with tools. */
  public static void remember(LanguageModel model, LmException refusal) {
    if (REFUSED.asMap().putIfAbsent(model, true) == null) {
      LOG.warn(
          "The model {} takes no tools in requests, which are told in words from now on: {}",
          model.id(),
          refusal.getMessage());
    }
  }
}
