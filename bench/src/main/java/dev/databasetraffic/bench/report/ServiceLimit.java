package dev.databasetraffic.bench.report;

/**
 * What a subject can serve, without a refusal.
 *
 * @param perSecond requests
 * @param cost of one, in microseconds of processor time
 */
public record ServiceLimit(double perSecond, double cost) {}
