package dev.databasetraffic.rehearsal.experiment;

/**
 * What a caller got for a write.
 *
 * @param status HTTP status, 0 if there was no HTTP answer
 * @param kind what the answer says of itself, or what happened instead of one, in a form that repeats across writes; empty
 *     if it says nothing
 * @param foreseen whether the experiment says what such an answer means
 */
public record Answer(Outcome outcome, int status, String kind, boolean foreseen) {}
