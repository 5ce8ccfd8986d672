/* Verbs of bytes that follow from those of the isa; included after vec/ISA.h. */

#if VB_LANES > 1 && defined __x86_64__ && !defined V_VBMI
/* A shuffle takes one of sixteen bytes, or 0 where the index is negative. So of 128 bytes, whose
 * rows hold the difference (exclusive or) to the row before: of row r that at index - 16 r counts,
 * until the index is negative. */
typedef struct vb_table {
    vb row[16];
} vb_table;
V_INLINE vb_table vb_table_load(const uint8_t *p) {
    vb_table t;
    for (int r = 0; r < 16; r++) {
        __m128i row = _mm_loadu_si128((const __m128i *)(p + 16 * r));
        if (r % 8) row = _mm_xor_si128(row, _mm_loadu_si128((const __m128i *)(p + 16 * r - 16)));
        t.row[r] = vb_row(row);
    }
    return t;
}
V_INLINE vb vb_lookup(vb_table t, vb index) {
    vb left = vb_and(index, vb_set(0x7f));
    vb low = vb_shuffle(t.row[0], left), high = vb_shuffle(t.row[8], left);
    for (int r = 1; r < 8; r++) {
        left = vb_sub(left, vb_set(16));
        low = vb_xor(low, vb_shuffle(t.row[r], left));
        high = vb_xor(high, vb_shuffle(t.row[8 + r], left));
    }
    return vb_sel_top(index, high, low);
}
#endif

#ifndef VB_LOAD_N
V_INLINE vb vb_load_n(const uint8_t *p, size_t n) {
    uint8_t lane[VB_LANES] = {0};
    memcpy(lane, p, n);
    return vb_load(lane);
}
V_INLINE void vb_store_n(uint8_t *p, vb a, size_t n) {
    uint8_t lane[VB_LANES];
    vb_store(lane, a);
    memcpy(p, lane, n);
}
#endif
