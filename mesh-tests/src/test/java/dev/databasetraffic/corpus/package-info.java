/** Asks the istiod and the Envoys of a cluster about the corpus's manifests, and records what they answer. */
@NullMarked
package dev.databasetraffic.corpus;

import org.jspecify.annotations.NullMarked;
