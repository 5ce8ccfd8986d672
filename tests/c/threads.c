/* The pool of csrc/threads.c by itself, for ThreadSanitizer: several threads call at once while the
 * number of threads changes. tests/c/threads.sh builds and runs it. */
#include "threads.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "native.h"

_Thread_local size_t edgeact_whole;

enum { VALUES = 100003, CALLS = 300, CALLERS = 3 };

/* y = x + 1, each value computed once: y in place would show a second time. */
static void add_one(char **args, const ptrdiff_t *dims, const ptrdiff_t *steps, void *data) {
    if (dims[0] != VALUES && edgeact_whole != VALUES) abort();
    for (ptrdiff_t i = 0; i < dims[0]; i++)
        *(int *)(args[1] + i * steps[1]) = *(const int *)(args[0] + i * steps[0]) + *(int *)data;
}

static void *call(void *wrong) {
    static const edgeact_split split = {add_one, 2, 1, sizeof(int), 1};
    static int one = 1;
    int *values = calloc(VALUES, sizeof *values);
    if (!values) abort();
    for (int k = 1; k <= CALLS; k++) {
        char *args[] = {(char *)values, (char *)values};
        const ptrdiff_t dims[] = {VALUES}, steps[] = {sizeof(int), sizeof(int)};
        edgeact_run_split(&split, args, dims, steps, &one);
        for (int i = 0; i < VALUES; i++)
            *(int *)wrong += values[i] != k;
    }
    free(values);
    return NULL;
}

int main(void) {
    pthread_t caller[CALLERS];
    int wrong[CALLERS] = {0}, all = 0;
    edgeact_set_threads(4, 1);
    printf("%d threads\n", edgeact_threads());
    for (int i = 0; i < CALLERS; i++)
        if (pthread_create(&caller[i], NULL, call, &wrong[i]) != 0) abort();
    for (int i = 0; i < CALLS; i++)
        edgeact_set_threads(1 + i % 4, 1);
    edgeact_set_threads(4, 1);
    for (int i = 0; i < CALLERS; i++) {
        pthread_join(caller[i], NULL);
        all += wrong[i];
    }
    printf("%d values wrong\n", all);
    return all != 0;
}
