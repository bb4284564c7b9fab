package io.tributary.ingest.state;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Numbers in blocks, each with its length before and its checksum after it; an empty block ends the file. */
final class BlockOutput {

    static final int BLOCK_BYTES = 1 << 16;

    private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    private final DataOutputStream out;
    private int blocks;

    BlockOutput(OutputStream out) {
        this.out = new DataOutputStream(out);
    }

    void putLong(long value) throws IOException {
        if (block.remaining() < Long.BYTES) {
            flush();
        }
        block.putLong(value);
    }

    /** Ends the file; the stream stays open. */
    void end() throws IOException {
        if (block.position() > 0) {
            flush();
        }
        flush();
        out.flush();
    }

    private void flush() throws IOException {
        out.writeInt(block.position());
        out.write(block.array(), 0, block.position());
        out.writeInt(checksum(blocks, block.array(), block.position()));
        blocks++;
        block.clear();
    }

    /** It covers the block's number, so that no block can take another's place. */
    static int checksum(int number, byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, number));
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }
}
