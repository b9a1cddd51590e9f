package dev.databasetraffic.mesh.admission;

import java.util.List;
import java.util.Set;

/** What istiod's webhook says of load balancing by locality: {@code ValidateLocalityLbSetting}. */
final class LocalityValidation {

    private static final Set<String> TOPOLOGY =
            Set.of("topology.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.istio.io/subzone");

    private LocalityValidation() {}

    static void check(Element setting) {
        Element distribute = setting.at("distribute");
        Element failover = setting.at("failover");
        if (!distribute.isEmpty() && !failover.isEmpty()) {
            failover.refuse("is set beside distribute", "one of the two");
            return;
        }
        for (Element label : setting.at("failoverPriority").items()) {
            if (!failover.isEmpty() && TOPOLOGY.contains(label.text())) {
                label.refuse("is " + label.described() + ", and failover is set", "another label, or no failover");
            }
        }
        for (Element from : distribute.items()) {
            checkLocality(from.at("from"), from.at("from").text());
            from.at("to").members().forEach(to -> checkLocality(to, to.name()));
            double total = 0;
            for (Element weight : from.at("to").members()) {
                if (weight.number() < 1 || weight.number() > 100) {
                    weight.refuse("is " + weight.text(), "1 to 100");
                }
                total += weight.number();
            }
            if (total != 100) {
                from.at("to").refuse("has weights that sum up to " + (long) total, "100");
            }
        }
        for (Element region : failover.items()) {
            if (region.at("from").text().equals(region.at("to").text())) {
                region.at("to").refuse("is the region itself", "another region");
            }
            for (Element end : new Element[] {region.at("from"), region.at("to")}) {
                if (end.text().contains("/") || end.text().contains("*")) {
                    end.refuse("is " + end.described(), "a region alone");
                }
            }
        }
    }

    private static void checkLocality(Element at, String locality) {
        int wildcard = locality.indexOf('*');
        boolean inside = wildcard >= 0 && wildcard < locality.length() - 1;
        if (inside || List.of(locality.split("/", 3)).contains("")) {
            at.refuse(
                    "holds the locality \"" + locality + "\"",
                    "a region, or region/zone, or region/zone/subzone; a * at the end");
        }
    }
}
