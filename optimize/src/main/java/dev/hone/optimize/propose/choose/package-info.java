/**
 * How proposals are made: which tip, sources, model, wording and temperature each has, by what
 * earlier ones scored in this run, and by what was learnt in earlier runs.
 */
@NullMarked
package dev.hone.optimize.propose.choose;

import org.jspecify.annotations.NullMarked;
