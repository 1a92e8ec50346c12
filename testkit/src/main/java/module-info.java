/** Scripted, recorded and misbehaving models, and contracts of Hone's interfaces, for tests. */
@SuppressWarnings("module")
module dev.hone.testkit {
  requires transitive dev.hone;
  requires transitive dev.hone.modelserver;
  requires transitive org.assertj.core;
  requires transitive org.junit.jupiter.api;
  requires static org.jspecify;

  exports dev.hone.testkit;
  exports dev.hone.testkit.wire;
}
