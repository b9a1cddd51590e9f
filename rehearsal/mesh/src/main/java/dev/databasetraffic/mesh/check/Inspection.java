package dev.databasetraffic.mesh.check;

import java.util.List;

/** Looks for one kind of thing that an author should know. */
interface Inspection {

    List<Finding> findings(CheckedMesh mesh);
}
