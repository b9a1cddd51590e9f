package dev.databasetraffic.mesh.admission;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What the API server says of a resource's metadata beyond its schema. */
final class MetadataValidation {

    private static final String SUBDOMAIN = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
    private static final Pattern NAME = Pattern.compile(SUBDOMAIN);
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SERVICE = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern KEY = Pattern.compile(
            "((?=[^/]{1,253}/)" + SUBDOMAIN + "/)?(?=[^/]{1,63}$)([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final Pattern VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");

    private static final Map<String, Pattern> NAMES = Map.of("Service", SERVICE, "Namespace", LABEL);

    private static final int MAX_ANNOTATIONS = 256 << 10;

    /** Set by istiod itself, or asking it to refuse. */
    private static final Set<String> OF_ISTIOD = Set.of(
            "internal.istio.io/always-reject", "internal.istio.io/parent-namespace", "internal.istio.io/parents");

    private MetadataValidation() {}

    static void check(Element resource, String kind) {
        Element metadata = resource.at("metadata");
        Element name = metadata.at("name");
        if (!metadata.exists()) {
            metadata.refuse("is missing", "a mapping with the name");
        } else if (name.isEmpty()) {
            if (metadata.at("generateName").isEmpty()) {
                name.refuse("is missing", "a name");
            }
        } else {
            checkName(name, NAMES.getOrDefault(kind, NAME));
        }
        Element namespace = metadata.at("namespace");
        if (!namespace.isEmpty()) {
            checkName(namespace, LABEL);
        }
        checkLabels(metadata.at("labels"));
        checkAnnotations(metadata.at("annotations"));
    }

    private static void checkName(Element name, Pattern form) {
        int most = form.equals(NAME) ? 253 : 63;
        if (name.text().length() > most || !form.matcher(name.text()).matches()) {
            name.refuse(
                    "is " + name.described(),
                    "at most " + most + " lower-case letters, digits and -" + (form.equals(NAME) ? " and ." : "")
                            + (form.equals(SERVICE) ? ", a letter first" : ", no - first or last"));
        }
    }

    static void checkDnsName(Element name) {
        if (name.isEmpty()) {
            name.refuse("is missing", "a DNS name");
        } else {
            checkName(name, NAME);
        }
    }

    static void checkLabels(Element labels) {
        for (Element label : labels.members()) {
            checkKey(label);
            if (label.text().length() > 63 || !VALUE.matcher(label.text()).matches()) {
                label.refuse("is " + label.described(), "at most 63 letters, digits, -, _ and .");
            }
        }
    }

    private static void checkAnnotations(Element annotations) {
        long size = 0;
        for (Element annotation : annotations.members()) {
            checkKey(annotation);
            size += annotation.name().length() + annotation.text().length();
            if (OF_ISTIOD.contains(annotation.name())) {
                annotation.refuse("is an annotation that istiod takes from nobody", "none");
            }
        }
        if (size > MAX_ANNOTATIONS) {
            annotations.refuse("is larger than 256 KiB", "less");
        }
    }

    private static void checkKey(Element member) {
        if (!KEY.matcher(member.name()).matches()) {
            member.refuse(
                    "has a name that none may have",
                    "letters, digits, -, _ and ., with a DNS name and / before it or not");
        }
    }
}
