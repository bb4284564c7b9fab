package io.tributary.ingest.state;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Reads what {@link BlockOutput} wrote, and returns nothing that the checksums do not confirm. */
final class BlockInput {

    private final byte[] bytes = new byte[BlockOutput.BLOCK_BYTES];
    private final ByteBuffer block = ByteBuffer.wrap(bytes).limit(0);
    private final DataInputStream in;
    private int blocks;

    BlockInput(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** @throws UnreadableStateException if the file is damaged or ends here */
    long getLong() throws IOException {
        if (!block.hasRemaining() && next() == 0) {
            throw new UnreadableStateException("a file ends too early");
        }
        return block.getLong();
    }

    /** A number that may not be negative, nor larger than an array can be. */
    int getCount() throws IOException {
        long count = getLong();
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw new UnreadableStateException("a file holds " + count + " as a number of identities");
        }
        return (int) count;
    }

    /** @throws UnreadableStateException if anything is left, or if the file is cut off */
    void requireEnd() throws IOException {
        if (block.hasRemaining() || next() != 0 || in.read() >= 0) {
            throw new UnreadableStateException("a file goes on where it should end");
        }
    }

    private int next() throws IOException {
        try {
            int length = in.readInt();
            if (length < 0 || length > bytes.length || length % Long.BYTES != 0) {
                throw new UnreadableStateException("a file is damaged: a block of " + length + " bytes");
            }
            in.readFully(bytes, 0, length);
            if (in.readInt() != BlockOutput.checksum(blocks, bytes, length)) {
                throw new UnreadableStateException("a file is damaged: a checksum does not match");
            }
            blocks++;
            block.position(0).limit(length);
            return length;
        } catch (EOFException e) {
            throw new UnreadableStateException("a file is cut off", e);
        }
    }
}
