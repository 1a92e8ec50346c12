/**
 * Metrics of a project file: ready ones by field, those of sets, judges and constraints. Engine
 * room: may change at any time.
 */
@NullMarked
package dev.hone.project.metric;

import org.jspecify.annotations.NullMarked;
