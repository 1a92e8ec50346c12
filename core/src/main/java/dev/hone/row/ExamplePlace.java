package dev.hone.row;

import dev.hone.context.ContextKey;
import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.metric.RunTrace;
import dev.hone.replay.CallPlace;
import java.util.Locale;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * The place of the calls that an example makes under a state: the same whichever evaluation makes
 * them, as outcomes are known by example and state.
 */
public final class ExamplePlace {
  /** Binds the place to a context. */
  public static final ContextKey<CallPlace> KEY = ContextKey.named("callPlace");

  /** Digits of hashes that are enough for the examples and states of one run. */
  private static final int DIGITS = 16;

  private ExamplePlace() {}

  /** The place of an example under a state, whose fingerprint is only asked for where needed. */
  public static CallPlace of(
      RunTrace.Purpose purpose, Supplier<String> stateFingerprint, Example<?, ?> example) {
    return CallPlace.of(
        () ->
            purpose.name().toLowerCase(Locale.ROOT)
                + " "
                + stateFingerprint.get().substring(0, DIGITS)
                + " "
                + example.id().substring(0, DIGITS)
                + extras(example));
  }

  private static String extras(Example<?, ?> example) {
    if (example.extras().isEmpty()) {
      return "";
    }
    ObjectNode extras = Json.object();
    example.extras().forEach(extras::set);
    return " " + Json.fingerprint(extras).substring(0, DIGITS);
  }
}
