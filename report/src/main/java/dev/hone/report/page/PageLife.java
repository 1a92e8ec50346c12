package dev.hone.report.page;

/** Whether a page changes while it is open. */
public enum PageLife {
  /** It is complete. */
  STILL,
  /** It is a file that is written anew while the run goes on, and loads itself anew. */
  FILE,
  /** It is served, asks for what is new, and takes that in place. */
  SERVED
}
