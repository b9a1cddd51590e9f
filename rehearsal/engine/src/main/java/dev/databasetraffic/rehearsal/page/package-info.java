/** The live page: what a running system does, as the mesh counts it, in a browser. */
@NullMarked
package dev.databasetraffic.rehearsal.page;

import org.jspecify.annotations.NullMarked;
