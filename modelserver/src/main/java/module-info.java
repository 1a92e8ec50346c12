/** Any Hone model behind a loopback server that speaks the wire formats of OpenAI and Anthropic. */
@SuppressWarnings("module")
module dev.hone.modelserver {
  requires transitive dev.hone;
  requires jdk.httpserver;
  requires static org.jspecify;

  exports dev.hone.modelserver;
}
