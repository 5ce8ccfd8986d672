/* Broadcasting of a parameter to x. */
#include "ort/broadcast.h"

int broadcast_init(broadcast *b, const int64_t *x, size_t rank_x, const int64_t *p, size_t rank_p) {
    *b = (broadcast){.run = 1};
    for (; rank_p > rank_x; p++, rank_p--) {
        if (*p != 1) return -1;
    }
    if (rank_x > MAX_RANK) return -1;
    size_t stride = 1, missing = rank_x - rank_p;
    for (size_t i = rank_x; i-- > 0;) {
        size_t size = (size_t)x[i], of_p = i >= missing ? (size_t)p[i - missing] : 1;
        if (of_p != 1 && of_p != size) return -1;
        if (size == 1) continue;
        size_t step = of_p != 1;
        if (b->run == 1) b->step = step;
        if (b->outer == 0 && step == b->step) {
            b->run *= size;
        } else {
            b->size[b->outer] = size;
            b->stride[b->outer++] = step * stride;
        }
        stride *= of_p;
    }
    return 0;
}

size_t broadcast_offset(const broadcast *b, size_t r) {
    size_t offset = 0;
    for (size_t i = 0; i < b->outer; i++) {
        offset += r % b->size[i] * b->stride[i];
        r /= b->size[i];
    }
    return offset;
}
