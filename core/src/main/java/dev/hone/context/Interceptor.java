package dev.hone.context;

import dev.hone.lm.LmRequest;
import java.util.Map;

/**
 * Sees every call of a language model before it is made, and may veto it. Called on the calling
 * thread; must be thread-safe.
 */
@FunctionalInterface
public interface Interceptor {
  /**
   * Sees one call that is about to be made. Throwing anything vetoes it, errors included: the
   * caller gets {@link dev.hone.lm.LmException.Vetoed}.
   *
   * @param request what would be asked
   * @param metadata the metadata of the context
   */
  void beforeCall(LmRequest request, Map<String, String> metadata);
}
