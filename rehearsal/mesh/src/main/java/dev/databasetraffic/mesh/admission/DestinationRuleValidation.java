package dev.databasetraffic.mesh.admission;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What istiod's webhook says of a DestinationRule: {@code ValidateDestinationRule}. */
final class DestinationRuleValidation {

    private DestinationRuleValidation() {}

    static void check(Element resource, String namespace) {
        Element spec = resource.at("spec");
        DnsNames.checkNameOrWildcard(spec.at("host"));
        TrafficPolicyValidation.check(spec.at("trafficPolicy"));
        Set<String> names = new HashSet<>();
        for (Element subset : spec.at("subsets").items()) {
            CommonValidation.checkPortName(subset.at("name"));
            if (!names.add(subset.at("name").text())) {
                subset.at("name").refuse("is the name of two subsets", "each name once");
            }
            CommonValidation.checkLabels(subset.at("labels"));
            TrafficPolicyValidation.check(subset.at("trafficPolicy"));
        }
        CommonValidation.checkExportTo(spec.at("exportTo"), namespace, false);
        Element selector = spec.at("workloadSelector");
        CommonValidation.checkSelector(selector.at("matchLabels"));
        List<Element> exportTo = spec.at("exportTo").items();
        boolean own = exportTo.stream().allMatch(each -> Set.of(".", namespace).contains(each.text()));
        if (selector.exists() && !own) {
            spec.at("exportTo").refuse("goes beyond the rule's own namespace, and workloadSelector is set", "\".\"");
        }
    }
}
