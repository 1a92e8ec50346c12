/** Agents over tools, and programs that run a program several times. */
@SuppressWarnings("module")
module dev.hone.agents {
  requires transitive dev.hone;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports dev.hone.agents;

  opens dev.hone.agents to
      dev.hone;

  exports dev.hone.agents.rollout;
}
