/* Code between EDGEACT_TARGET_BEGIN(features) and EDGEACT_TARGET_END is compiled for those CPU
 * features and no other code is: per-file compiler flags would let an inline function of a system
 * header carry an instruction that the CPU lacks into baseline code. */
#ifndef EDGEACT_TARGET_H
#define EDGEACT_TARGET_H

#ifdef __FAST_MATH__
#error "edgeact's bounds do not survive -ffast-math"
#endif

#define EDGEACT_PRAGMA(text) _Pragma(#text)
#if defined __clang__
#define EDGEACT_TARGET_BEGIN(features) \
    EDGEACT_PRAGMA(clang attribute push(__attribute__((target(features))), apply_to = function))
#define EDGEACT_TARGET_END EDGEACT_PRAGMA(clang attribute pop)
#else
#define EDGEACT_TARGET_BEGIN(features) \
    EDGEACT_PRAGMA(GCC push_options)   \
    EDGEACT_PRAGMA(GCC target(features))
#define EDGEACT_TARGET_END EDGEACT_PRAGMA(GCC pop_options)
#endif

#endif
