/** The stand-in for Spring's tests. */
@NullMarked
package dev.databasetraffic.embedded.spring;

import org.jspecify.annotations.NullMarked;
