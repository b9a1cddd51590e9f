package dev.databasetraffic.mesh.traffic;

import org.jspecify.annotations.Nullable;

/**
 * What a proxy has counted, since it started, of the connections that a workload meant for one host and that were led to
 * one target.
 *
 * @param host whom the workload meant
 * @param target where they were led, as HOST:PORT
 * @param open connections at this moment
 * @param opened connections ever led there, those that failed included
 * @param failed those that never came about: refused, or reset for want of an endpoint
 * @param bytes in both directions; null if the proxy does not count them
 */
public record Flow(
        String host,
        String target,
        long open,
        long opened,
        long failed,
        @Nullable Long bytes) {}
