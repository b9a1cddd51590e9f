package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.rehearsal.compose.ComposePlace;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.kubernetes.KubernetesPlace;
import dev.databasetraffic.rehearsal.local.LocalPlace;
import dev.databasetraffic.rehearsal.matrix.WireOutage;

/** The values of {@code --on}, and how each is opened. */
enum PlaceChoice {
    LOCAL {
        @Override
        Place open(PlaceOptions options, Definition definition) throws PlaceException, InterruptedException {
            LocalPlace place =
                    LocalPlace.open(options, definition.experiment(), definition.folder(), definition.variant());
            return definition.experiment().fault().wire() == null
                    ? place
                    : WireOutage.in(place, definition.experiment().fault());
        }
    },
    COMPOSE {
        @Override
        Place open(PlaceOptions options, Definition definition) throws PlaceException, InterruptedException {
            return ComposePlace.open(options, definition.experiment());
        }
    },
    KUBERNETES {
        @Override
        Place open(PlaceOptions options, Definition definition) throws PlaceException, InterruptedException {
            return KubernetesPlace.open(options, definition.experiment());
        }
    };

    /**
     * Starts the place, or connects to it.
     *
     * @throws PlaceException if it cannot be; nothing that was started is left behind then
     * @throws InterruptedException if Ctrl-C came first; likewise
     */
    abstract Place open(PlaceOptions options, Definition definition) throws PlaceException, InterruptedException;
}
