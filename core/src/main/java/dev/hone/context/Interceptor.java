package dev.hone.context;

import dev.hone.lm.LmRequest;
import dev.hone.lm.MessagePart.ToolCall;
import java.util.Map;

/**
 * Sees every call of a language model, and every call of a tool by one, before it is made, and may
 * veto it. Called on the calling thread; must be thread-safe.
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

  /**
   * Sees one call of a tool that is about to be run, after its arguments were read. Throwing
   * anything vetoes it, errors included: the model is told the message instead of a result, and the
   * run goes on. Default: does nothing.
   *
   * @param call the tool's name, and the arguments as the model wrote them
   * @param metadata the metadata of the context
   */
  default void beforeTool(ToolCall call, Map<String, String> metadata) {}

  /**
   * Asks the interceptors of a context whether a tool may be called, in their order.
   *
   * @throws dev.hone.lm.LmException.Vetoed if one threw something, whose message it has
   * @throws dev.hone.lm.LmException.Interrupted if one was interrupted
   */
  static void checkTool(Context context, ToolCall call) {
    context.parts().ask(each -> each.beforeTool(call, context.metadata()));
  }
}
