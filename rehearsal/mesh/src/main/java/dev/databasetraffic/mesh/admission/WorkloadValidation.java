package dev.databasetraffic.mesh.admission;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the API server says of pods, and of what makes pods, beyond their schema. */
final class WorkloadValidation {

    private WorkloadValidation() {}

    static void checkPod(Element resource, String namespace) {
        checkPodSpec(resource.at("spec"));
    }

    static void checkTemplated(Element resource, String namespace) {
        Element spec = resource.at("spec");
        Element template = spec.at("template");
        Element selector = spec.at("selector");
        if (selector.at("matchLabels").isEmpty()
                && selector.at("matchExpressions").isEmpty()) {
            selector.refuse("chooses nothing", "matchLabels, as among the template's labels");
        }
        Element labels = template.at("metadata").at("labels");
        for (Element wanted : selector.at("matchLabels").members()) {
            if (!labels.at(wanted.name()).node().equals(wanted.node())) {
                wanted.refuse("is not among the labels of the template", "the same labels in both");
            }
        }
        checkTemplate(template);
    }

    static void checkJob(Element resource, String namespace) {
        checkJobTemplate(resource.at("spec").at("template"));
    }

    static void checkCronJob(Element resource, String namespace) {
        checkJobTemplate(resource.at("spec").at("jobTemplate").at("spec").at("template"));
    }

    private static void checkJobTemplate(Element template) {
        Element restart = template.at("spec").at("restartPolicy");
        if (!Set.of("OnFailure", "Never").contains(restart.text())) {
            restart.refuse(restart.isEmpty() ? "is missing" : "is " + restart.described(), "OnFailure or Never");
        }
        checkTemplate(template);
    }

    private static void checkTemplate(Element template) {
        MetadataValidation.checkLabels(template.at("metadata").at("labels"));
        checkPodSpec(template.at("spec"));
    }

    private static void checkPodSpec(Element spec) {
        if (spec.at("containers").isEmpty()) {
            spec.at("containers").refuse("is missing", "a list with one container at least");
        }
        Set<String> names = new HashSet<>();
        for (String list : List.of("initContainers", "containers")) {
            for (Element container : spec.at(list).items()) {
                Element name = container.at("name");
                if (!name.text().matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
                    name.refuse(
                            name.isEmpty() ? "is missing" : "is " + name.described(),
                            "at most 63 lower-case letters, digits and -");
                } else if (!names.add(name.text())) {
                    name.refuse("is the name of two containers", "each name once");
                }
                if (container.at("image").isEmpty()) {
                    container.at("image").refuse("is missing", "the name of an image");
                }
                container.at("ports").items().forEach(port -> CommonValidation.checkPort(port.at("containerPort")));
            }
        }
    }
}
