package dev.databasetraffic.mesh.admission;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the API server says of a Service beyond its schema. */
final class ServiceValidation {

    private ServiceValidation() {}

    static void check(Element resource, String namespace) {
        Element spec = resource.at("spec");
        String type = spec.at("type").text("ClusterIP");
        List<Element> ports = spec.at("ports").items();
        if (type.equals("ExternalName")) {
            MetadataValidation.checkDnsName(spec.at("externalName"));
        } else if (ports.isEmpty() && !spec.at("clusterIP").text().equals("None")) {
            spec.at("ports").refuse("is missing", "a list with one port at least");
        }
        if (spec.at("clusterIP").text().equals("None") && !type.equals("ClusterIP")) {
            spec.at("clusterIP").refuse("is None, and type is " + type, "type ClusterIP");
        }
        if (!Set.of("", "None").contains(spec.at("clusterIP").text())) {
            CommonValidation.checkAddress(spec.at("clusterIP"));
        }
        MetadataValidation.checkLabels(spec.at("selector"));
        Set<String> names = new HashSet<>();
        Set<String> numbers = new HashSet<>();
        for (Element port : ports) {
            CommonValidation.checkPort(port.at("port"));
            Element name = port.at("name");
            if (name.isEmpty() ? ports.size() > 1 : !name.text().matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
                name.refuse(
                        name.isEmpty() ? "is missing, and there are several ports" : "is " + name.described(),
                        "at most 63 lower-case letters, digits and -");
            } else if (!names.add(name.text())) {
                name.refuse("is the name of two ports", "each name once");
            }
            if (!numbers.add(port.at("protocol").text("TCP") + port.at("port").text())) {
                port.at("port").refuse("is the number of two ports", "each number once for a protocol");
            }
            checkTarget(port.at("targetPort"));
            if (port.at("nodePort").number() != 0 && type.equals("ClusterIP")) {
                port.at("nodePort").refuse("is set, and type is ClusterIP", "type NodePort or LoadBalancer");
            }
        }
    }

    private static void checkTarget(Element target) {
        if (target.node().isNumber()) {
            CommonValidation.checkPort(target);
        } else if (!target.isEmpty() && !isPortName(target.text())) {
            target.refuse(
                    "is " + target.described(),
                    "a number, or a port's name: at most 15 lower-case letters, digits and -");
        }
    }

    /** As IANA names services. */
    private static boolean isPortName(String text) {
        return text.length() <= 15
                && text.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")
                && text.matches(".*[a-z].*")
                && !text.contains("--");
    }
}
