/**
 * What stands beside a project file: its program, the folders of its runs, the looks at its test
 * rows.
 */
@NullMarked
package dev.hone.cli.files;

import org.jspecify.annotations.NullMarked;
