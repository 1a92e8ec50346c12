package dev.hone.local;

import dev.hone.embed.Embedding;

/** What is expected of a text's values before anything is learnt. */
interface ValuePrior {
  /** How many values there are. */
  int size();

  /** What is expected of each value, in their order. */
  double[] of(Embedding text);
}
