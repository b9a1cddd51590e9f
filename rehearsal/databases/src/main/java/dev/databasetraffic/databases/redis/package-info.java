/** Redis. */
@NullMarked
package dev.databasetraffic.databases.redis;

import org.jspecify.annotations.NullMarked;
