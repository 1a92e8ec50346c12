/**
 * Data sets of other tools as rows: {@link dev.hone.exchange.rows.PromptfooTests} reads promptfoo's
 * configurations and tests, {@link dev.hone.exchange.rows.OpenAiEvals} the JSONL of OpenAI's evals
 * and of chat fine-tuning. Assertions that are code are named and left out; nothing is run, and no
 * address is fetched.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.exchange.rows;

import org.jspecify.annotations.NullMarked;
