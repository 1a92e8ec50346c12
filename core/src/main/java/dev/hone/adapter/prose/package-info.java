/** What an adapter says of fields in words, and what a model says before its answer. */
@NullMarked
package dev.hone.adapter.prose;

import org.jspecify.annotations.NullMarked;
