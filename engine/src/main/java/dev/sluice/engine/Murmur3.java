package dev.sluice.engine;

/** The hash of Iceberg's bucket transform: MurmurHash3, x86, 32 bits, with seed 0. */
final class Murmur3 {
    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;

    private Murmur3() {}

    /** Hash of the 8 bytes of the value, the lowest first. */
    static int hash(long value) {
        var hash = mixed(mixed(0, (int) value), (int) (value >>> 32));
        return finished(hash, Long.BYTES);
    }

    static int hash(byte[] bytes) {
        var hash = 0;
        var whole = bytes.length - bytes.length % 4;
        for (var i = 0; i < whole; i += 4) {
            hash = mixed(hash, littleEndian(bytes, i, 4));
        }
        hash ^= scrambled(littleEndian(bytes, whole, bytes.length - whole));
        return finished(hash, bytes.length);
    }

    private static int littleEndian(byte[] bytes, int start, int count) {
        var value = 0;
        for (var i = 0; i < count; i++) {
            value |= (bytes[start + i] & 0xff) << (8 * i);
        }
        return value;
    }

    private static int scrambled(int block) {
        return Integer.rotateLeft(block * C1, 15) * C2;
    }

    private static int mixed(int hash, int block) {
        return Integer.rotateLeft(hash ^ scrambled(block), 13) * 5 + 0xe6546b64;
    }

    private static int finished(int hash, int length) {
        var h = hash ^ length;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }
}
