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

/* The data of a loop: how threads share it, what it runs, and, for calls on few values, how many
 * operands come before the parameters, their dtype and the output's, and that of parameters. */
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

/* From so many values on other Python threads may run meanwhile: fewer take some microseconds. */
enum { RELEASE = 1 << 11 };

/* Sets what such calls need; number is NumPy's of the dtype, x is one of the tensors. Returns the
 * loop, as data of a ufunc, or NULL where number is negative: there is no such dtype. */
loop *edgeact_small_loop(loop *l, int number, int tensors);

/* Makes a ufunc, whose data must be EDGEACT_DTYPES such loops or NULL, take the calls that need
 * nothing of what NumPy can do: on less than RELEASE values, of contiguous arrays of one shape, and
 * numbers for parameters. It gives what NumPy would, in a quarter of the time. Under NumPy 1, which
 * converts numbers by their value, it changes nothing; nor where there are several outputs. */
void edgeact_small_calls(PyUFuncObject *ufunc);

#endif
