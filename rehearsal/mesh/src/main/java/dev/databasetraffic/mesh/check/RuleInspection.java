package dev.databasetraffic.mesh.check;

import java.util.List;

/** Looks at one rule among what touches it. */
interface RuleInspection {

    List<Finding> findings(CheckedMesh mesh, Neighbourhood around);
}
