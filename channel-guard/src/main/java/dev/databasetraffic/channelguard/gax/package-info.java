/** For Google's client libraries, which build their channels themselves; needs {@code gax-grpc}. */
@NullMarked
package dev.databasetraffic.channelguard.gax;

import org.jspecify.annotations.NullMarked;
