package dev.databasetraffic.rehearsal.experiment;

/**
 * What a caller got for a write.
 *
 * @param status HTTP status, 0 if there was no HTTP answer
 * @param kind the problem's type, or what happened instead of an answer, in a form that repeats across writes
 */
public record Answer(Outcome outcome, int status, String kind) {}
