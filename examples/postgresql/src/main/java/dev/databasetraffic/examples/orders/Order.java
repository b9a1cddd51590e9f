package dev.databasetraffic.examples.orders;

/** @param reference the caller's name for it; asking twice for the same one is asking once */
record Order(String reference, int quantity) {}
