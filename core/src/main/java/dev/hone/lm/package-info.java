/**
 * Language models: requests, replies, usage and errors as values, the one small interface that
 * providers implement, and the pipeline every call goes through (cache, retry, limit on calls in
 * flight).
 */
@NullMarked
package dev.hone.lm;

import org.jspecify.annotations.NullMarked;
