/** The tools of MCP servers as tools of agents. */
@SuppressWarnings("module")
module dev.hone.mcp {
  requires transitive dev.hone;
  requires static transitive org.jspecify;

  exports dev.hone.mcp;
}
