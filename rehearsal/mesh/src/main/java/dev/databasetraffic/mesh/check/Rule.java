package dev.databasetraffic.mesh.check;

import java.util.List;

/** One kind of trap. */
interface Rule {

    List<Finding> findings(Mesh mesh);
}
