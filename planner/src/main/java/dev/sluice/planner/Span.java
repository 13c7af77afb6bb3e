package dev.sluice.planner;

/** A stretch of the statement, in characters from 0. */
record Span(int from, int to) {}
