/** What {@code rehearse check} does: reads manifests, has them checked and hands the result on in one of its forms. */
@NullMarked
package dev.databasetraffic.rehearsal.checking;

import org.jspecify.annotations.NullMarked;
