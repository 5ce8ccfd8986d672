/* Threads that share what one call of the Python module computes. The kernels themselves, the C
 * library and the ONNX Runtime library, which has that runtime's threads, know nothing of them. */
#ifndef EDGEACT_THREADS_H
#define EDGEACT_THREADS_H

#include <stddef.h>

/* As NumPy has its loops: dims[0] times, with an operand's next value (or row) steps bytes on. */
typedef void edgeact_loop(char **args, const ptrdiff_t *dims, const ptrdiff_t *steps, void *data);

/* The sizes of what is split: all loops here have one or two. */
enum { EDGEACT_LOOP_DIMS = 2, EDGEACT_LOOP_ARGS = 8 };

typedef struct edgeact_split {
    edgeact_loop *loop;
    int nargs;     /* the last operand is an output of nargs at most EDGEACT_LOOP_ARGS */
    size_t values; /* in each of the dims[0]: 1, or a row's length */
    size_t size;   /* of a value of that output, in bytes */
    size_t least;  /* values that are worth it */
} edgeact_split;

/* Runs the loop in pieces, by as many threads as edgeact_threads() says; alone where that is one,
 * or where another call has the threads just now. */
void edgeact_run_split(const edgeact_split *split, char **args, const ptrdiff_t *dims,
                       const ptrdiff_t *steps, void *data);

#endif
