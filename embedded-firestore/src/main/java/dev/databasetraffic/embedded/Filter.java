package dev.databasetraffic.embedded;

import java.util.List;
import java.util.stream.Stream;

/** What a query asks of a document. */
sealed interface Filter permits Filter.All, Filter.Any, FieldFilter {

    boolean matches(StoredDocument document);

    Stream<FieldFilter> fields();

    /** Whether there is an "or" in it. */
    boolean isDisjunction();

    /** How many conjunctions without any "or" it would take to say the same. */
    int disjunctions();

    /** The most of such filters that one of those conjunctions would hold. */
    int arrayFilters();

    record All(List<Filter> filters) implements Filter {

        @Override
        public boolean matches(StoredDocument document) {
            return filters.stream().allMatch(filter -> filter.matches(document));
        }

        @Override
        public Stream<FieldFilter> fields() {
            return filters.stream().flatMap(Filter::fields);
        }

        @Override
        public boolean isDisjunction() {
            return filters.stream().anyMatch(Filter::isDisjunction);
        }

        @Override
        public int disjunctions() {
            return filters.stream().mapToInt(Filter::disjunctions).reduce(1, Math::multiplyExact);
        }

        @Override
        public int arrayFilters() {
            return filters.stream().mapToInt(Filter::arrayFilters).sum();
        }
    }

    record Any(List<Filter> filters) implements Filter {

        @Override
        public boolean matches(StoredDocument document) {
            return filters.stream().anyMatch(filter -> filter.matches(document));
        }

        @Override
        public Stream<FieldFilter> fields() {
            return filters.stream().flatMap(Filter::fields);
        }

        @Override
        public boolean isDisjunction() {
            return true;
        }

        @Override
        public int disjunctions() {
            return filters.stream().mapToInt(Filter::disjunctions).sum();
        }

        @Override
        public int arrayFilters() {
            return filters.stream().mapToInt(Filter::arrayFilters).max().orElse(0);
        }
    }
}
