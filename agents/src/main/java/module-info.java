/**
 * Agents over tools, and programs that run a program several times. Open to the core, which finds
 * the predictors of programs in their fields.
 */
@SuppressWarnings("module")
module dev.hone.agents {
  requires transitive dev.hone;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports dev.hone.agents;
  exports dev.hone.agents.rollout;

  opens dev.hone.agents to
      dev.hone;
  opens dev.hone.agents.rollout to
      dev.hone;
}
