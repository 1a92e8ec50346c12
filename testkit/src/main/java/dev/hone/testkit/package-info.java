/** What tests of programs over language models need. */
@NullMarked
package dev.hone.testkit;

import org.jspecify.annotations.NullMarked;
