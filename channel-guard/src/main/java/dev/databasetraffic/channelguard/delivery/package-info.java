/** What a call may have done, for whoever must tell a caller the truth about a write; needs no guard. */
@NullMarked
package dev.databasetraffic.channelguard.delivery;

import org.jspecify.annotations.NullMarked;
