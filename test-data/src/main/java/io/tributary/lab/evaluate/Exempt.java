package io.tributary.lab.evaluate;

/**
 * What was sent and is not to be seen, because an operator wanted it so.
 *
 * @param lost records of topics in whose place others are read; they are counted nowhere else
 * @param unread records of data centers that are not read, sent after the last that was read; they are counted nowhere else
 * @param erased different events that were erased
 * @param rejectedErased rejected records that were erased
 */
public record Exempt(long lost, long unread, long erased, long rejectedErased) {

    public static final Exempt NOTHING = new Exempt(0, 0, 0, 0);
}
