package dev.databasetraffic.rehearsal.check;

import java.util.List;

/** One kind of trap. */
interface Rule {

    List<Finding> findings(Mesh mesh);
}
