package dev.hone.agents;

import dev.hone.SettingCheck;
import java.util.Optional;

/**
 * What one run of an agent may use.
 *
 * @param turns the most turns before the answer is forced
 * @param calls the most tool calls that are run
 * @param tokens the tokens after which the answer is forced
 */
record AgentLimits(int turns, int calls, long tokens) {
  static final AgentLimits DEFAULTS = new AgentLimits(20, 100, Long.MAX_VALUE);

  AgentLimits {
    SettingCheck.atLeast("maxTurns", turns, 1);
    SettingCheck.atLeast("maxCalls", calls, 0);
    SettingCheck.atLeast("maxTokens", (double) tokens, 1, 100_000);
  }

  AgentLimits withTurns(int value) {
    return new AgentLimits(value, calls, tokens);
  }

  AgentLimits withCalls(int value) {
    return new AgentLimits(turns, value, tokens);
  }

  AgentLimits withTokens(long value) {
    return new AgentLimits(turns, calls, value);
  }

  /** The limit that is reached, if one is; that of calls only ends a run that wants more. */
  Optional<StopCause> reached(int usedTurns, long usedTokens) {
    if (usedTurns >= turns) {
      return Optional.of(StopCause.TURNS);
    }
    return usedTokens >= tokens ? Optional.of(StopCause.TOKENS) : Optional.empty();
  }
}
