/* A function's place in the registry. */
#ifndef EDGEACT_REGISTRY_H
#define EDGEACT_REGISTRY_H

enum {
#define ACT(name, ...) ACT_##name,
#include "acts.def"
#undef ACT
    ACT_COUNT
};

enum {
#define ROW(name, ...) ROW_##name,
#include "rows.def"
#undef ROW
    ROW_COUNT
};

#endif
