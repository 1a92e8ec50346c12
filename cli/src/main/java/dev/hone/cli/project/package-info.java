/**
 * The commands {@code init}, which makes a project file, and {@code evaluate}, which scores one.
 */
@NullMarked
package dev.hone.cli.project;

import org.jspecify.annotations.NullMarked;
