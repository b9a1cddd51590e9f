module dev.databasetraffic/bench/users

go 1.26.0
