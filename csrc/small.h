/* Calls of ufuncs on few values. */
#ifndef EDGEACT_SMALL_H
#define EDGEACT_SMALL_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#define PY_ARRAY_UNIQUE_SYMBOL edgeact_array_api
#define PY_UFUNC_UNIQUE_SYMBOL edgeact_ufunc_api
#include <numpy/arrayobject.h>
#include <numpy/ufuncobject.h>

#include "backward.h"
#include "kernels.h"
#include "native.h"
#include "threads.h"

/* The data of a loop: how threads share it, what it runs, and for a call on few values how many
 * operands come before the parameters, what is their dtype and the output's, and what is that of
 * parameters. */
typedef struct loop {
    edgeact_split split;
    union {
        edgeact_kernel *kernel;
        edgeact_row_kernel *rows;
        edgeact_partials partials;
        struct {
            const edgeact_tabulated *table;
            edgeact_tabulated_kernel *run;
        } tabulated;
    } of;
    int tensors;
    PyArray_Descr *dtype, *of_params;
} loop;

/* From so many values on other Python threads may run meanwhile: fewer take less than 2 us. */
enum { RELEASE = 1 << 11 };

/* Says the last of these for tensors, x among them, whose dtype has that number in NumPy. The loop
 * again, as data of a ufunc; NULL where there is no such dtype. */
loop *edgeact_small_loop(loop *l, int number, int tensors);

/* After a ufunc was made whose data are EDGEACT_DTYPES such loops, or NULL: it takes the calls that
 * need nothing of what NumPy can do, on less than RELEASE values, of contiguous arrays of one shape
 * and numbers for parameters. What comes of them is what NumPy makes of them, in a quarter of its
 * time. */
void edgeact_small_calls(PyUFuncObject *ufunc);

#endif
