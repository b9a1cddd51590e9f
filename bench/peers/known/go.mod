module dev.databasetraffic/bench/known

go 1.26.0
