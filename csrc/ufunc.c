/* What Python calls over the kernels: NumPy ufuncs, and what edgeact.bind returns. */
#include "small.h"

_Static_assert(sizeof(npy_intp) == sizeof(ptrdiff_t), "steps are passed on as they are");

/* From so many values on threads share a loop. Waking a thread that sleeps takes some 30 us: at
 * these sizes what is costly has gained even so, by a fifth, and what is cheap, as relu,
 * where the threads are awake; it loses 10 us at most (tools/bench_threads.py, in a build with
 * CFLAGS=-DSHARED=1). A look-up takes a tenth of the time. */
#ifndef SHARED
#define SHARED ((size_t)1 << 18)
#endif
#define SHARED_LOOKUP (8 * SHARED)

static size_t shared(edgeact_tier tier, edgeact_dtype dtype) {
    return tier == EDGEACT_EXACT || dtype == EDGEACT_F64 ? SHARED / 4 : SHARED;
}

static void run_kernel(char **args, const npy_intp *count, const npy_intp *steps, void *data) {
    ((const loop *)data)->of.kernel(args, steps, (size_t)count[0]);
}

/* What NumPy calls, whatever the loop, but for rows. */
static void run(char **args, const npy_intp *count, const npy_intp *steps, void *data) {
    const edgeact_split *split = &((const loop *)data)->split;
    if ((size_t)count[0] < split->least) {
        split->loop(args, count, steps, data);
    } else {
        edgeact_run_split(split, args, count, steps, data);
    }
}

static void run_rows(char **args, const npy_intp *dims, const npy_intp *steps, void *data) {
    edgeact_split split = ((const loop *)data)->split;
    split.values = (size_t)dims[1];
    if (dims[0] < 2 || split.values == 0 || (size_t)dims[0] < split.least / split.values) {
        split.loop(args, dims, steps, data);
    } else {
        edgeact_run_split(&split, args, dims, steps, data);
    }
}

static const size_t size_of[EDGEACT_DTYPES] = {
    [EDGEACT_F32] = 4, [EDGEACT_F64] = 8, [EDGEACT_F16] = 2, [EDGEACT_BF16] = 2};

/* NumPy's own dtypes in the order of the loops, as its functions have them: the first that takes
 * the operands is used. */
static const struct {
    edgeact_dtype dtype;
    char number;
} loops[] = {{EDGEACT_F16, NPY_HALF}, {EDGEACT_F32, NPY_FLOAT}, {EDGEACT_F64, NPY_DOUBLE}};
enum { LOOPS = sizeof loops / sizeof loops[0], OPERANDS = EDGEACT_MAX_PARAMS + 2 };

/* NumPy's own resolver, and one that names the dtype where that finds no loop. */
static PyUFunc_TypeResolutionFunc *numpy_resolver;

static int resolve(PyUFuncObject *ufunc, NPY_CASTING casting, PyArrayObject **operands,
                   PyObject *type_tup, PyArray_Descr **dtypes) {
    int status = numpy_resolver(ufunc, casting, operands, type_tup, dtypes);
    if (status == 0 || !PyErr_ExceptionMatches(PyExc_TypeError)) return status;
    char has[64] = "";
    for (int i = 0; i < ufunc->ntypes; i++) {
        strcat(has, i == 0 ? "" : i + 1 < ufunc->ntypes ? ", " : " and ");
        for (size_t k = 0; k < LOOPS; k++) {
            if (ufunc->types[i * ufunc->nargs] == loops[k].number)
                strcat(has, edgeact_dtype_name(loops[k].dtype));
        }
    }
    int widest = ufunc->types[ufunc->ntypes * ufunc->nargs - 1];
    for (int i = 0; i < ufunc->nin; i++) {
        PyArray_Descr *dtype = PyArray_DESCR(operands[i]);
        if (PyArray_CanCastSafely(dtype->type_num, widest)) continue;
        PyErr_Format(PyExc_TypeError, "%s has no loop for dtype %S; it has %s", ufunc->name,
                     (PyObject *)dtype, has);
        break;
    }
    return status;
}

/* After whatever makes a ufunc. */
static void adopt(PyObject *ufunc) {
    PyUFuncObject *u = (PyUFuncObject *)ufunc;
    numpy_resolver = u->type_resolver;
    u->type_resolver = resolve;
    edgeact_small_calls(u);
}

/* The types of a loop's operands: x, then the parameters, then y. Those beside a 16-bit x are
 * float32, but for tensors. */
static void fill_types(const edgeact_activation *act, edgeact_dtype dtype, int number, int *types) {
    int half = dtype == EDGEACT_F16 || dtype == EDGEACT_BF16;
    for (size_t i = 0; i < act->nparams + 2; i++)
        types[i] = half && i > act->tensors && i <= act->nparams ? NPY_FLOAT : number;
}

/* What NumPy keeps pointers to, as long as the ufunc lives. */
typedef struct storage {
    loop loops[EDGEACT_DTYPES];
    void *data[EDGEACT_DTYPES];
    char dtypes[LOOPS * OPERANDS];
    char doc[512];
} storage;

/* "at most 0.5 ULP and 2^-11 max(1, |x|, |y|) max(1, |alpha|)" */
static void describe(char *text, size_t size, const edgeact_activation *act,
                     const edgeact_bound *bound) {
    size_t used = (size_t)snprintf(text, size, "at most");
    if (bound->ulp > 0 || bound->abs == 0)
        used += (size_t)snprintf(text + used, size - used, " %g ULP", bound->ulp);
    if (bound->abs == 0) return;
    used += (size_t)snprintf(text + used, size - used, "%s 2^%d max(1, |x|%s)",
                             bound->ulp > 0 ? " and" : "", ilogb(bound->abs),
                             bound->of_result ? ", |y|" : "");
    if (bound->of_param)
        snprintf(text + used, size - used, " max(1, %s|%s|)", bound->of_param < 0 ? "1 / " : "",
                 act->params[0].name);
}

/* isa, method: as edgeact_lookup_method() has them; method NULL: the best. */
static PyObject *make(const edgeact_activation *act, edgeact_tier tier, const edgeact_isa *isa,
                      const char *method, int bfloat16, storage *h) {
    static PyUFuncGenericFunction functions[LOOPS] = {run, run, run};

    int nin = 1 + (int)act->nparams;
    snprintf(h->doc, sizeof h->doc, "%s, tier %s: %s\n\n", act->name, edgeact_tier_name(tier),
             act->formula);
    for (int d = 0; d < EDGEACT_DTYPES; d++) {
        const edgeact_bound *bound = &act->bound[tier][d];
        if (!bound->evidence) continue;
        edgeact_dtype dtype = (edgeact_dtype)d;
        edgeact_kernel *kernel = method ? edgeact_lookup_method(act, tier, dtype, isa, method)
                                        : edgeact_lookup(act, tier, dtype, isa);
        h->loops[d] = (loop){.split = {run_kernel, nin + 1, 1, size_of[d], shared(tier, dtype)},
                             .of = {.kernel = kernel}};
        if (!kernel) continue;
        char most[128];
        describe(most, sizeof most, act, bound);
        size_t used = strlen(h->doc);
        snprintf(h->doc + used, sizeof h->doc - used, "%s: %s (%s). ", edgeact_dtype_name(dtype),
                 most, bound->evidence);
    }
    int count = 0, types[OPERANDS];
    for (size_t i = 0; i < LOOPS; i++) {
        edgeact_dtype d = loops[i].dtype;
        if (!h->loops[d].of.kernel) continue;
        fill_types(act, d, loops[i].number, types);
        for (int k = 0; k <= nin; k++)
            h->dtypes[count * (nin + 1) + k] = (char)types[k];
        h->data[count++] = edgeact_small_loop(&h->loops[d], loops[i].number, 1 + (int)act->tensors);
    }
    PyObject *ufunc = PyUFunc_FromFuncAndData(functions, h->data, h->dtypes, count, nin, 1,
                                              PyUFunc_None, act->name, h->doc, 0);
    if (ufunc) adopt(ufunc);
    if (ufunc && bfloat16 >= 0 && h->loops[EDGEACT_BF16].of.kernel) {
        fill_types(act, EDGEACT_BF16, bfloat16, types);
        h->data[count] =
            edgeact_small_loop(&h->loops[EDGEACT_BF16], bfloat16, 1 + (int)act->tensors);
        if (PyUFunc_RegisterLoopForType((PyUFuncObject *)ufunc, bfloat16, run, types,
                                        &h->loops[EDGEACT_BF16]) != 0) {
            Py_CLEAR(ufunc);
        }
    }
    return ufunc;
}

static void run_row_kernel(char **args, const npy_intp *dims, const npy_intp *steps, void *data) {
    const loop *l = data;
    l->of.rows(args, steps, steps + l->split.nargs, (size_t)dims[0], (size_t)dims[1]);
}

static PyObject *make_rowwise(const edgeact_rowwise *function, int backward, int bfloat16) {
    /* NumPy keeps pointers to all of these. */
    static struct {
        loop loops[EDGEACT_DTYPES];
        void *data[LOOPS];
        char dtypes[LOOPS * 3], doc[512];
    } held[2][ROW_COUNT];
    static PyUFuncGenericFunction functions[LOOPS] = {run_rows, run_rows, run_rows};

    size_t f = (size_t)(function - edgeact_rowwise_at(0));
    const int nin = backward ? 2 : 1;
    loop *held_loops = held[backward][f].loops;
    char *doc = held[backward][f].doc;
    for (int d = 0; d < EDGEACT_DTYPES; d++) {
        edgeact_row_kernel *kernel =
            backward ? edgeact_rowwise_backward_lookup(function, (edgeact_dtype)d, NULL)
                     : edgeact_rowwise_lookup(function, (edgeact_dtype)d, NULL);
        held_loops[d] = (loop){.split = {run_row_kernel, nin + 1, 1, size_of[d],
                                         shared(EDGEACT_FAST, (edgeact_dtype)d)},
                               .of = {.rows = kernel}};
    }
    for (int i = 0; i < LOOPS; i++) {
        held[backward][f].data[i] = &held_loops[loops[i].dtype];
        memset(&held[backward][f].dtypes[i * (nin + 1)], loops[i].number, (size_t)(nin + 1));
    }
    if (backward) {
        snprintf(doc, sizeof held[backward][f].doc,
                 "dx, of dy and of the output y of %s, along axis (the last by default): %s\n\n",
                 function->name, function->backward);
    } else {
        snprintf(doc, sizeof held[backward][f].doc,
                 "%s along axis (the last by default): %s\n\nAt most %g ULP in float32, %g in "
                 "float64, %g in 16 bits (sampled). ",
                 function->name, function->formula, function->ulp[EDGEACT_F32],
                 function->ulp[EDGEACT_F64], function->ulp[EDGEACT_F16]);
    }
    PyObject *ufunc = PyUFunc_FromFuncAndDataAndSignature(
        functions, held[backward][f].data, held[backward][f].dtypes, LOOPS, nin, 1, PyUFunc_None,
        function->name, doc, 0, backward ? "(n),(n)->(n)" : "(n)->(n)");
    if (!ufunc) return NULL;
    adopt(ufunc);
    int types[] = {bfloat16, bfloat16, bfloat16};
    if (bfloat16 >= 0 && PyUFunc_RegisterLoopForType((PyUFuncObject *)ufunc, bfloat16, run_rows,
                                                     types, &held_loops[EDGEACT_BF16]) != 0) {
        Py_CLEAR(ufunc);
    }
    return ufunc;
}

static int make_all_rowwise(const char *module, int backward, int bfloat16) {
    PyObject *target = PyImport_ImportModule(module);
    if (!target) return -1;
    int status = 0;
    for (size_t i = 0; status == 0 && i < edgeact_rowwise_count(); i++) {
        PyObject *ufunc = make_rowwise(edgeact_rowwise_at(i), backward, bfloat16);
        status = ufunc ? PyObject_SetAttrString(target, edgeact_rowwise_at(i)->name, ufunc) : -1;
        Py_XDECREF(ufunc);
    }
    Py_DECREF(target);
    return status;
}

static void run_backward(char **args, const npy_intp *count, const npy_intp *steps, void *data) {
    edgeact_backward(&((const loop *)data)->of.partials, args, steps, (size_t)count[0]);
}

/* The types of its loops: dy, those of a derivative, and one more for each further output. */
static void fill_backward_types(const edgeact_activation *derivative, edgeact_dtype dtype,
                                int number, int *types) {
    types[0] = number;
    fill_types(derivative, dtype, number, types + 1);
    for (int i = 1; i < EDGEACT_MAX_PARTIALS; i++)
        types[2 + derivative->nparams + (size_t)i] = number;
}

static PyObject *make_backward(const edgeact_activation *act, edgeact_tier tier,
                               const edgeact_activation *const *derivatives, size_t count,
                               int bfloat16) {
    enum { TYPES = OPERANDS + EDGEACT_MAX_PARTIALS };
    /* NumPy keeps pointers to all of these. */
    static struct {
        loop loops[EDGEACT_DTYPES];
        void *data[EDGEACT_DTYPES];
        char dtypes[LOOPS * TYPES];
        char doc[256];
    } held[EDGEACT_TIERS][ACT_COUNT];
    static PyUFuncGenericFunction functions[LOOPS] = {run, run, run};

    const edgeact_activation *first = derivatives[0];
    const size_t a = (size_t)(first - edgeact_at(0));
    const int nin = 2 + (int)first->nparams, nargs = nin + (int)count;
    int count_loops = 0, types[TYPES];
    for (size_t i = 0; i < LOOPS; i++) {
        loop *l = &held[tier][a].loops[count_loops];
        l->split = (edgeact_split){run_backward, nargs, 1, size_of[loops[i].dtype],
                                   shared(tier, loops[i].dtype)};
        if (!edgeact_find_partials(&l->of.partials, derivatives, count, tier, loops[i].dtype))
            continue;
        fill_backward_types(first, loops[i].dtype, loops[i].number, types);
        for (int k = 0; k < nargs; k++)
            held[tier][a].dtypes[count_loops * nargs + k] = (char)types[k];
        held[tier][a].data[count_loops++] =
            edgeact_small_loop(l, loops[i].number, 2 + (int)first->tensors);
    }
    snprintf(held[tier][a].doc, sizeof held[tier][a].doc,
             "dy times the derivative of %s by x%s%s, tier %s; it rounds, and so does the product.",
             act->name, count > 1 ? ", and by " : "", count > 1 ? first->params[0].name : "",
             edgeact_tier_name(tier));
    PyObject *ufunc =
        PyUFunc_FromFuncAndData(functions, held[tier][a].data, held[tier][a].dtypes, count_loops,
                                nin, (int)count, PyUFunc_None, act->name, held[tier][a].doc, 0);
    if (!ufunc) return NULL;
    adopt(ufunc);
    loop *l = &held[tier][a].loops[LOOPS];
    l->split =
        (edgeact_split){run_backward, nargs, 1, size_of[EDGEACT_BF16], shared(tier, EDGEACT_BF16)};
    if (bfloat16 >= 0 &&
        edgeact_find_partials(&l->of.partials, derivatives, count, tier, EDGEACT_BF16)) {
        fill_backward_types(first, EDGEACT_BF16, bfloat16, types);
        held[tier][a].data[count_loops] = edgeact_small_loop(l, bfloat16, 2 + (int)first->tensors);
        if (PyUFunc_RegisterLoopForType((PyUFuncObject *)ufunc, bfloat16, run, types, l) != 0) {
            Py_CLEAR(ufunc);
        }
    }
    return ufunc;
}

const edgeact_partials *edgeact_make_partials(const edgeact_activation *const *derivatives,
                                              size_t count, edgeact_tier tier,
                                              edgeact_dtype dtype) {
    edgeact_partials *p = malloc(sizeof *p);
    if (p && edgeact_find_partials(p, derivatives, count, tier, dtype)) return p;
    free(p);
    return NULL;
}

static int set_backward(const char *module, const edgeact_activation *act, edgeact_tier tier,
                        const edgeact_activation *const *derivatives, size_t count, int bfloat16) {
    if (_import_array() < 0 || _import_umath() < 0) return -1;
    PyObject *target = PyImport_ImportModule(module);
    PyObject *ufunc = target ? make_backward(act, tier, derivatives, count, bfloat16) : NULL;
    int status = ufunc ? PyObject_SetAttrString(target, act->name, ufunc) : -1;
    Py_XDECREF(ufunc);
    Py_XDECREF(target);
    return status;
}

static int make_all(const char *module, edgeact_tier tier, int bfloat16) {
    if (_import_array() < 0 || _import_umath() < 0) return -1;
    static storage all[EDGEACT_TIERS][ACT_COUNT];
    PyObject *target = PyImport_ImportModule(module);
    if (!target) return -1;
    int status = 0;
    for (size_t i = 0; status == 0 && i < edgeact_count(); i++) {
        const edgeact_activation *act = edgeact_at(i);
        if (!act->bound[tier][EDGEACT_F32].evidence) continue;
        PyObject *ufunc = make(act, tier, NULL, NULL, bfloat16, &all[tier][i]);
        status = ufunc ? PyObject_SetAttrString(target, act->name, ufunc) : -1;
        Py_XDECREF(ufunc);
    }
    Py_DECREF(target);
    return status;
}

/* Of rows, each with a table of its own. */
static void run_lut_rows(char **args, const npy_intp *dims, const npy_intp *steps, void *data) {
    const npy_intp within[] = {steps[3], 0, steps[4]};
    for (npy_intp i = 0; i < dims[0]; i++) {
        char *row[] = {args[0] + i * steps[0], args[1] + i * steps[1], args[2] + i * steps[2]};
        run_kernel(row, &dims[1], within, data);
    }
}

static int make_lut(const char *module) {
    static loop of_one[2], of_rows[2];
    static PyUFuncGenericFunction functions[] = {run, run}, row_functions[] = {run_rows, run_rows};
    static void *data[] = {&of_one[0], &of_one[1]}, *row_data[] = {&of_rows[0], &of_rows[1]};
    static char types[] = {NPY_UINT8, NPY_UINTP, NPY_UINT8, NPY_UINT16, NPY_UINTP, NPY_UINT16};

    if (_import_array() < 0 || _import_umath() < 0) return -1;
    for (size_t i = 0; i < 2; i++) {
        edgeact_kernel *kernel = edgeact_lut_lookup(i + 1, NULL, 1);
        of_one[i] =
            (loop){.split = {run_kernel, 3, 1, i + 1, SHARED_LOOKUP}, .of = {.kernel = kernel}};
        of_rows[i] =
            (loop){.split = {run_lut_rows, 3, 1, i + 1, SHARED_LOOKUP}, .of = {.kernel = kernel}};
    }
    PyObject *target = PyImport_ImportModule(module);
    PyObject *lut =
        PyUFunc_FromFuncAndData(functions, data, types, 2, 2, 1, PyUFunc_None, "lut", "", 0);
    PyObject *rows = PyUFunc_FromFuncAndDataAndSignature(
        row_functions, row_data, types, 2, 2, 1, PyUFunc_None, "lut_rows", "", 0, "(n),()->(n)");
    int status = target && lut && rows ? PyObject_SetAttrString(target, "lut", lut) : -1;
    if (status == 0) status = PyObject_SetAttrString(target, "lut_rows", rows);
    Py_XDECREF(rows);
    Py_XDECREF(lut);
    Py_XDECREF(target);
    return status;
}

int edgeact_make_kernel(const char *module, const char *attribute, const edgeact_activation *act,
                        edgeact_tier tier, const edgeact_isa *isa, const char *method,
                        int bfloat16) {
    PyGILState_STATE gil = PyGILState_Ensure(); /* cffi released it */
    int status = -1;
    storage *h = calloc(1, sizeof *h); /* lives on: what the ufunc keeps pointers to */
    if (!h) PyErr_NoMemory();
    if (h && _import_array() >= 0 && _import_umath() >= 0) {
        PyObject *target = PyImport_ImportModule(module);
        PyObject *ufunc = target ? make(act, tier, isa, method, bfloat16, h) : NULL;
        if (ufunc) status = PyObject_SetAttrString(target, attribute, ufunc);
        Py_XDECREF(ufunc);
        Py_XDECREF(target);
    }
    if (status != 0) PyErr_Print();
    PyGILState_Release(gil);
    return status;
}

int edgeact_make_ufuncs(const char *module, edgeact_tier tier, int bfloat16) {
    PyGILState_STATE gil = PyGILState_Ensure(); /* cffi released it */
    int status = make_all(module, tier, bfloat16);
    if (status != 0) PyErr_Print();
    PyGILState_Release(gil);
    return status;
}

int edgeact_make_gufuncs(const char *module, int backward, int bfloat16) {
    PyGILState_STATE gil = PyGILState_Ensure();
    int status = _import_array() < 0 || _import_umath() < 0
                     ? -1
                     : make_all_rowwise(module, backward, bfloat16);
    if (status != 0) PyErr_Print();
    PyGILState_Release(gil);
    return status;
}

int edgeact_make_backward(const char *module, const edgeact_activation *act, edgeact_tier tier,
                          const edgeact_activation *const *derivatives, size_t count,
                          int bfloat16) {
    PyGILState_STATE gil = PyGILState_Ensure(); /* cffi released it */
    int status = set_backward(module, act, tier, derivatives, count, bfloat16);
    if (status != 0) PyErr_Print();
    PyGILState_Release(gil);
    return status;
}

int edgeact_make_lut(const char *module) {
    PyGILState_STATE gil = PyGILState_Ensure(); /* cffi released it */
    int status = make_lut(module);
    if (status != 0) PyErr_Print();
    PyGILState_Release(gil);
    return status;
}

/* What a ufunc of a table needs, in one piece of memory that lives as long as the ufunc. */
typedef struct tabulated {
    loop loops[EDGEACT_DTYPES];
    void *data[EDGEACT_DTYPES];
    char dtypes[2 * LOOPS];
    edgeact_tabulated table;
    float coefficients[]; /* then name and doc */
} tabulated;

static void run_tabulated(char **args, const npy_intp *count, const npy_intp *steps, void *data) {
    const loop *l = data;
    l->of.tabulated.run(l->of.tabulated.table, args, steps, (size_t)count[0]);
}

static void free_tabulated(PyObject *capsule) { free(PyCapsule_GetPointer(capsule, NULL)); }

static PyObject *make_tabulated(const edgeact_tabulated *table, const char *name, const char *doc,
                                int bfloat16) {
    static PyUFuncGenericFunction functions[LOOPS] = {run, run, run};
    const size_t count = (table->degree + 1) * (size_t)table->segments;
    const size_t texts = sizeof(tabulated) + count * sizeof(float), name_size = strlen(name) + 1;
    tabulated *held = malloc(texts + name_size + strlen(doc) + 1);
    if (!held) return PyErr_NoMemory();
    PyObject *capsule = PyCapsule_New(held, NULL, free_tabulated);
    if (!capsule) {
        free(held);
        return NULL;
    }
    char *own_name = (char *)held + texts, *own_doc = own_name + name_size;
    strcpy(own_name, name);
    strcpy(own_doc, doc);
    held->table = *table;
    held->table.coefficients =
        memcpy(held->coefficients, table->coefficients, count * sizeof(float));
    for (int d = 0; d < EDGEACT_DTYPES; d++) {
        held->loops[d] = (loop){
            .split = {run_tabulated, 2, 1, size_of[d], shared(EDGEACT_FAST, (edgeact_dtype)d)},
            .of = {.tabulated = {&held->table, edgeact_tabulated_lookup((edgeact_dtype)d, NULL)}}};
    }
    for (int i = 0; i < LOOPS; i++) {
        held->data[i] = edgeact_small_loop(&held->loops[loops[i].dtype], loops[i].number, 1);
        held->dtypes[2 * i] = held->dtypes[2 * i + 1] = loops[i].number;
    }
    held->data[LOOPS] = edgeact_small_loop(&held->loops[EDGEACT_BF16], bfloat16, 1);
    PyObject *ufunc = PyUFunc_FromFuncAndData(functions, held->data, held->dtypes, LOOPS, 1, 1,
                                              PyUFunc_None, own_name, own_doc, 0);
    if (!ufunc) {
        Py_DECREF(capsule);
        return NULL;
    }
    ((PyUFuncObject *)ufunc)->obj = capsule; /* the ufunc's own reference */
    adopt(ufunc);
    int types[] = {bfloat16, bfloat16};
    if (bfloat16 >= 0 && PyUFunc_RegisterLoopForType((PyUFuncObject *)ufunc, bfloat16, run, types,
                                                     &held->loops[EDGEACT_BF16]) != 0) {
        Py_CLEAR(ufunc);
    }
    return ufunc;
}

/* What edgeact.bind returns keeps, in one piece of memory that lives as long as it. */
typedef struct bound {
    PyMethodDef method;
    loop of;
    npy_intp n;
    char *args[OPERANDS];
    npy_intp steps[OPERANDS];
    PyObject *arrays, *out; /* out is one of arrays, a tuple */
    char name[];
} bound;

static PyObject *run_bound(PyObject *capsule, PyObject *unused) {
    (void)unused;
    bound *b = PyCapsule_GetPointer(capsule, NULL);
    if (b->n < RELEASE) {
        run_kernel(b->args, &b->n, b->steps, &b->of);
    } else {
        Py_BEGIN_ALLOW_THREADS;
        run(b->args, &b->n, b->steps, &b->of);
        Py_END_ALLOW_THREADS;
    }
    Py_INCREF(b->out);
    return b->out;
}

static void free_bound(PyObject *capsule) {
    bound *b = PyCapsule_GetPointer(capsule, NULL);
    Py_DECREF(b->arrays);
    free(b);
}

static PyObject *make_bound(const edgeact_activation *act, edgeact_tier tier, edgeact_dtype dtype,
                            PyObject *arrays, char *const args[], const ptrdiff_t steps[],
                            size_t n) {
    static const char doc[] = "Compute on the arrays given to edgeact.bind; returns its out.";
    const int nargs = (int)act->nparams + 2;
    bound *b = malloc(sizeof *b + strlen(act->name) + 1);
    if (!b) return PyErr_NoMemory();
    strcpy(b->name, act->name);
    b->method = (PyMethodDef){b->name, run_bound, METH_NOARGS, doc};
    b->of = (loop){.split = {run_kernel, nargs, 1, size_of[dtype], shared(tier, dtype)},
                   .of = {.kernel = edgeact_lookup(act, tier, dtype, NULL)}};
    b->n = (npy_intp)n;
    memcpy(b->args, args, (size_t)nargs * sizeof *args);
    memcpy(b->steps, steps, (size_t)nargs * sizeof *steps);
    PyObject *capsule = PyCapsule_New(b, NULL, free_bound);
    if (!capsule) {
        free(b);
        return NULL;
    }
    Py_INCREF(arrays);
    b->arrays = arrays;
    b->out = PyTuple_GetItem(arrays, nargs - 1);
    PyObject *made = PyCFunction_NewEx(&b->method, capsule, NULL);
    Py_DECREF(capsule);
    return made;
}

int edgeact_make_bound(void *list, const edgeact_activation *act, edgeact_tier tier,
                       edgeact_dtype dtype, void *arrays, char *const args[],
                       const ptrdiff_t steps[], size_t n) {
    PyGILState_STATE gil = PyGILState_Ensure(); /* cffi released it */
    PyObject *made = make_bound(act, tier, dtype, arrays, args, steps, n);
    int status = made ? PyList_Append(list, made) : -1;
    Py_XDECREF(made);
    if (status != 0) PyErr_Print();
    PyGILState_Release(gil);
    return status;
}

int edgeact_make_tabulated(void *list, const edgeact_tabulated *table, const char *name,
                           const char *doc, int bfloat16) {
    PyGILState_STATE gil = PyGILState_Ensure(); /* cffi released it */
    int status = -1;
    if (_import_array() >= 0 && _import_umath() >= 0) {
        PyObject *ufunc = make_tabulated(table, name, doc, bfloat16);
        status = ufunc ? PyList_Append(list, ufunc) : -1;
        Py_XDECREF(ufunc);
    }
    if (status != 0) PyErr_Print();
    PyGILState_Release(gil);
    return status;
}
