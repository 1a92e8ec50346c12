/**
 * Programs of a project file: one predictor, one that thinks first, an agent with tools, or several
 * steps. Engine room: may change at any time.
 */
@NullMarked
package dev.hone.project.strategy;

import org.jspecify.annotations.NullMarked;
