module dev.databasetraffic/bench/bytes

go 1.26.0
