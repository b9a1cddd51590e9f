@NullMarked
package dev.databasetraffic.echo;

import org.jspecify.annotations.NullMarked;
