/** Readers of published data sets with their metrics, and conversations to learn from. */
@SuppressWarnings("module")
module dev.hone.datasets {
  requires transitive dev.hone;
  requires static transitive org.jspecify;

  exports dev.hone.datasets;
}
