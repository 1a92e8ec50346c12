/** The model of a command: its options, its rates and limit, its cache, and its batches. */
@NullMarked
package dev.hone.cli.model;

import org.jspecify.annotations.NullMarked;
