package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.rehearsal.compose.ComposePlace;
import dev.databasetraffic.rehearsal.experiment.Experiment.Scope;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.kubernetes.KubernetesPlace;
import dev.databasetraffic.rehearsal.local.LocalPlace;

/** The values of {@code --on}, and how each is opened. */
enum Places {
    LOCAL {
        @Override
        Place open(PlaceOptions options, Scope scope) throws PlaceException, InterruptedException {
            requirePlants(scope);
            return LocalPlace.open(options);
        }
    },
    COMPOSE {
        @Override
        Place open(PlaceOptions options, Scope scope) throws PlaceException, InterruptedException {
            requirePlants(scope);
            return ComposePlace.open(options);
        }
    },
    KUBERNETES {
        @Override
        Place open(PlaceOptions options, Scope scope) throws PlaceException, InterruptedException {
            return KubernetesPlace.open(options, scope);
        }
    };

    /**
     * Starts the place, or connects to it.
     *
     * @throws PlaceException if it cannot be; nothing that was started is left behind then
     * @throws InterruptedException if Ctrl-C came first; likewise
     */
    abstract Place open(PlaceOptions options, Scope scope) throws PlaceException, InterruptedException;

    private static void requirePlants(Scope scope) throws PlaceException {
        if (!scope.isPlants()) {
            throw new PlaceException("scope names service " + scope.service() + " in namespace "
                    + scope.namespaceOrDefault() + (scope.probe() == null ? "" : " and a probe")
                    + ", but only plants can be started here; what somebody else deployed is rehearsed with --on"
                    + " kubernetes.");
        }
    }
}
