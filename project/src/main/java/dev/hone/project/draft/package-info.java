/**
 * Project files made of a file of rows: {@link dev.hone.project.draft.ProjectDraft} finds what its
 * columns are, what is odd about them, and writes a project file that people can read.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.project.draft;

import org.jspecify.annotations.NullMarked;
