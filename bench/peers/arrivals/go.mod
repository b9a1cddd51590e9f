module dev.databasetraffic/bench/arrivals

go 1.26.0
