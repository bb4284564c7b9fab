package io.tributary.operations.erasure;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/** A text that bytes may hold as a whole, and not as a part of a longer word or number. */
final class HeldText implements Serializable {

    private static final long serialVersionUID = 1L;

    private final byte[] text;

    /** @param text not empty */
    HeldText(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("everything holds an empty text");
        }
        this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return text.clone();
    }

    boolean isIn(byte[] raw) {
        for (int from = 0; from + text.length <= raw.length; from++) {
            if (isAt(raw, from)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(byte[] raw, int from) {
        int until = from + text.length;
        for (int i = 0; i < text.length; i++) {
            if (raw[from + i] != text[i]) {
                return false;
            }
        }
        boolean goesOnBefore = from > 0 && isOfWord(text[0]) && isOfWord(raw[from - 1]);
        boolean goesOnBehind = until < raw.length && isOfWord(text[text.length - 1]) && isOfWord(raw[until]);
        return !goesOnBefore && !goesOnBehind;
    }

    /** What ids are made of: letters and digits, also those of more than one byte, and what stands between them. */
    private static boolean isOfWord(byte one) {
        return one < 0 || Character.isLetterOrDigit(one) || one == '-' || one == '_' || one == '.';
    }
}
