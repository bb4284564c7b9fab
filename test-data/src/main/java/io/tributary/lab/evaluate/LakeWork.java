package io.tributary.lab.evaluate;

/**
 * What it took.
 *
 * @param polls how often the view was asked
 * @param filesBefore data files that the stream wrote into staging
 * @param filesAfter data files that the merged table consists of
 * @param residentMegabytes the peaks of all processes' resident memory together; 0 where the system does not tell
 */
public record LakeWork(long merges, long polls, long filesBefore, long filesAfter, long residentMegabytes) {}
