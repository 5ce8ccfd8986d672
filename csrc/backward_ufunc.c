/* NumPy ufuncs over the derivatives: edgeact.backward. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <numpy/arrayobject.h>
#include <numpy/ufuncobject.h>

#include "backward.h"
#include "kernels.h"
#include "native.h"

static void run(char **args, const npy_intp *count, const npy_intp *steps, void *partials) {
    edgeact_backward(partials, args, steps, (size_t)count[0]);
}

enum { MAX_ARGS = EDGEACT_MAX_PARAMS + 2 + EDGEACT_MAX_PARTIALS };

static PyObject *make(const edgeact_activation *act, edgeact_tier tier,
                      const edgeact_activation *const *derivatives, size_t count) {
    /* NumPy keeps pointers to all of these. */
    static struct {
        edgeact_partials partials[EDGEACT_DTYPES];
        void *data[EDGEACT_DTYPES];
        char dtypes[EDGEACT_DTYPES * MAX_ARGS];
        char doc[256];
    } held[EDGEACT_TIERS][ACT_COUNT];
    static PyUFuncGenericFunction functions[EDGEACT_DTYPES] = {run, run};

    const edgeact_activation *first = derivatives[0];
    const size_t a = (size_t)(first - edgeact_at(0));
    const int nin = 2 + (int)first->nparams, nargs = nin + (int)count;
    int loops = 0;
    for (int d = 0; d < EDGEACT_DTYPES; d++) {
        edgeact_partials *p = &held[tier][a].partials[loops];
        *p = (edgeact_partials){.count = count, .nparams = first->nparams, .dtype = d};
        size_t found = 0;
        for (size_t j = 0; j < count; j++) {
            p->partial[j] = edgeact_lookup(derivatives[j], tier, (edgeact_dtype)d, NULL);
            found += p->partial[j] != NULL;
        }
        if (found < count || (d != EDGEACT_F32 && d != EDGEACT_F64)) continue;
        held[tier][a].data[loops] = p;
        memset(&held[tier][a].dtypes[loops * nargs], d == EDGEACT_F32 ? NPY_FLOAT : NPY_DOUBLE,
               (size_t)nargs);
        loops++;
    }
    snprintf(held[tier][a].doc, sizeof held[tier][a].doc,
             "dy times the derivative of %s by x%s%s, tier %s; it rounds, and so does the product.",
             act->name, count > 1 ? ", and by " : "", count > 1 ? first->params[0].name : "",
             edgeact_tier_name(tier));
    return PyUFunc_FromFuncAndData(functions, held[tier][a].data, held[tier][a].dtypes, loops, nin,
                                   (int)count, PyUFunc_None, act->name, held[tier][a].doc, 0);
}

static int set(const char *module, const edgeact_activation *act, edgeact_tier tier,
               const edgeact_activation *const *derivatives, size_t count) {
    if (_import_array() < 0 || _import_umath() < 0) return -1;
    PyObject *target = PyImport_ImportModule(module);
    PyObject *ufunc = target ? make(act, tier, derivatives, count) : NULL;
    int status = ufunc ? PyObject_SetAttrString(target, act->name, ufunc) : -1;
    Py_XDECREF(ufunc);
    Py_XDECREF(target);
    return status;
}

int edgeact_make_backward(const char *module, const edgeact_activation *act, edgeact_tier tier,
                          const edgeact_activation *const *derivatives, size_t count) {
    PyGILState_STATE gil = PyGILState_Ensure(); /* cffi released it */
    int status = set(module, act, tier, derivatives, count);
    if (status != 0) PyErr_Print();
    PyGILState_Release(gil);
    return status;
}
