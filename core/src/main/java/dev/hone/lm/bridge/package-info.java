/**
 * What bridges to models of other frameworks share: statuses and texts of providers as Hone's
 * exceptions ({@link dev.hone.lm.bridge.HttpStatusMapping}, {@link dev.hone.lm.bridge.RetryAfter}),
 * without credentials ({@link dev.hone.lm.bridge.Secrets}); options that a model refuses ({@link
 * dev.hone.lm.bridge.RefusedOptions}); conversations as providers want them ({@link
 * dev.hone.lm.bridge.DistinctCalls}, {@link dev.hone.lm.bridge.ResultImages}).
 */
@NullMarked
package dev.hone.lm.bridge;

import org.jspecify.annotations.NullMarked;
