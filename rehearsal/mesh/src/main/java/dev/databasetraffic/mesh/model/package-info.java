/**
 * What istiod makes of manifests: the listeners, filter chains and clusters of a workload's proxy. Follows istiod 1.31
 * (pilot/pkg/model and pilot/pkg/networking/core); the corpus of recorded answers holds it to a real one.
 */
@NullMarked
package dev.databasetraffic.mesh.model;

import org.jspecify.annotations.NullMarked;
