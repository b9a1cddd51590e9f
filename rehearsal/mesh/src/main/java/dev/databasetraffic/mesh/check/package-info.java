/** Whether manifests do in the mesh what they seem to: findings by comparing the mesh with and without each rule. */
@NullMarked
package dev.databasetraffic.mesh.check;

import org.jspecify.annotations.NullMarked;
