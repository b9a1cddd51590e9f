/** Explains the traps in a set of mesh manifests before they bite: rules accepted and then ignored or stretched. */
@NullMarked
package dev.databasetraffic.rehearsal.check;

import org.jspecify.annotations.NullMarked;
