/**
 * What holds calls back: the limit on calls in flight, the rates per minute, deadlines, and the
 * time that all of them go by. The engine room of the pipeline.
 */
@NullMarked
package dev.hone.pipeline.flow;

import org.jspecify.annotations.NullMarked;
