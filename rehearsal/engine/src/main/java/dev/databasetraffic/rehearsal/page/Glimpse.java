package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.mesh.traffic.RuleInForce;
import java.util.List;

/**
 * What one look at a system saw.
 *
 * @param rules those that lead a host's connections now
 * @param lines that the service has logged since the look before
 */
record Glimpse(Scene scene, List<RuleInForce> rules, List<String> lines) {}
