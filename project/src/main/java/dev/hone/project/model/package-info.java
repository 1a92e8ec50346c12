/**
 * Models and what they may cost, as a project file says them. Engine room: may change at any time.
 */
@NullMarked
package dev.hone.project.model;

import org.jspecify.annotations.NullMarked;
