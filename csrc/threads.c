/* The pool: threads that start when a call first needs them and sleep between two calls. All that
 * is POSIX or Linux and no C is here. */
#define _GNU_SOURCE
#include "threads.h"

#include <fenv.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kernels.h"
#include "native.h"

/* What is computed now. It lives on the stack of the thread that called, which waits for all that
 * have seen it. */
typedef struct job {
    const edgeact_split *split;
    char **args;
    const ptrdiff_t *dims, *steps;
    void *data;
    size_t head, piece, pieces;
    atomic_size_t next;
    /* What must be the same whoever computes, and what NumPy asks for afterwards. */
    fenv_t environment;
    atomic_int exceptions;
    cpu_set_t cpus;
} job;

static struct {
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    atomic_int busy;   /* a call has the threads */
    int started;       /* threads */
    atomic_int wanted; /* threads that may still join the job */
    atomic_int active; /* threads that did */
    job *now;
} pool = {.lock = PTHREAD_MUTEX_INITIALIZER,
          .work = PTHREAD_COND_INITIALIZER,
          .done = PTHREAD_COND_INITIALIZER};

/* At most so many threads: now, and in a process forked from this one. */
static atomic_int most = 1, most_forked = 1;

static void run_piece(const job *j, size_t i) {
    const edgeact_split *s = j->split;
    const size_t n = (size_t)j->dims[0];
    const size_t begin = i == 0 ? 0 : j->head + i * j->piece;
    const size_t end = i + 1 == j->pieces ? n : j->head + (i + 1) * j->piece;
    ptrdiff_t dims[EDGEACT_LOOP_DIMS] = {(ptrdiff_t)(end - begin), (ptrdiff_t)s->values};
    char *args[EDGEACT_LOOP_ARGS];
    for (int k = 0; k < s->nargs; k++)
        args[k] = j->args[k] + (ptrdiff_t)begin * j->steps[k];
    s->loop(args, dims, j->steps, j->data);
}

static void run_pieces(job *j) {
    edgeact_whole = (size_t)j->dims[0];
    for (size_t i; (i = atomic_fetch_add_explicit(&j->next, 1, memory_order_relaxed)) < j->pieces;)
        run_piece(j, i);
    edgeact_whole = 0;
}

/* To fall asleep and to be woken takes some 20 us each. Who waits looks about for as long before:
 * the next call often comes at once, and the last pieces end at nearly the same time. */
enum { YIELDS = 100 };

static void *serve(void *unused) {
    (void)unused;
    cpu_set_t cpus;
    CPU_ZERO(&cpus);
    pthread_mutex_lock(&pool.lock);
    for (;;) {
        pthread_mutex_unlock(&pool.lock);
        for (int i = 0; i < YIELDS && atomic_load(&pool.wanted) == 0; i++)
            sched_yield();
        pthread_mutex_lock(&pool.lock);
        while (pool.wanted == 0)
            pthread_cond_wait(&pool.work, &pool.lock);
        pool.wanted--;
        pool.active++;
        job *j = pool.now;
        pthread_mutex_unlock(&pool.lock);
        if (!CPU_EQUAL(&cpus, &j->cpus)) {
            cpus = j->cpus;
            pthread_setaffinity_np(pthread_self(), sizeof cpus, &cpus);
        }
        fesetenv(&j->environment);
        run_pieces(j);
        atomic_fetch_or(&j->exceptions, fetestexcept(FE_ALL_EXCEPT));
        pthread_mutex_lock(&pool.lock);
        if (--pool.active == 0) pthread_cond_signal(&pool.done);
    }
    return NULL;
}

/* With the lock held. Signals are for the program's own threads. */
static void start(int threads) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (pthread_t id; pool.started < threads; pool.started++) {
        if (pthread_create(&id, NULL, serve, NULL) != 0) break;
        pthread_detach(id);
        pthread_setname_np(id, "edgeact");
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void share(job *j, int threads) {
    pthread_mutex_lock(&pool.lock);
    if (pool.started < threads - 1) start(threads - 1);
    pool.now = j;
    pool.wanted = pool.started < threads - 1 ? pool.started : threads - 1;
    for (int i = 0; i < pool.wanted; i++)
        pthread_cond_signal(&pool.work);
    pthread_mutex_unlock(&pool.lock);
    run_pieces(j);
    /* All pieces are taken: who has not begun need not, and who has will soon be done. */
    pthread_mutex_lock(&pool.lock);
    pool.wanted = 0;
    pthread_mutex_unlock(&pool.lock);
    for (int i = 0; i < YIELDS && atomic_load(&pool.active) > 0; i++)
        sched_yield();
    pthread_mutex_lock(&pool.lock);
    while (pool.active > 0)
        pthread_cond_wait(&pool.done, &pool.lock);
    pthread_mutex_unlock(&pool.lock);
}

/* How many CPUs this thread may run on; asked anew for each call, for programs change it. */
static int affinity(cpu_set_t *cpus) {
    if (pthread_getaffinity_np(pthread_self(), sizeof *cpus, cpus) == 0) return CPU_COUNT(cpus);
    long online = sysconf(_SC_NPROCESSORS_ONLN); /* more than a cpu_set_t can hold */
    memset(cpus, 0xff, sizeof *cpus);
    return online > 0 ? (int)online : 1;
}

/* A piece is large enough that taking it costs nothing beside it, and small enough that who began
 * late or computes slowly takes fewer; a multiple of a cache line and of every vector. */
enum { PIECE = 1 << EDGEACT_LOG_PIECE, PIECES_A_THREAD = 8, LINE = 64 };

static void cut(job *j, int threads) {
    const edgeact_split *s = j->split;
    const size_t n = (size_t)j->dims[0], unit = s->values < PIECE ? PIECE / s->values : 1;
    const ptrdiff_t step = j->steps[s->nargs - 1];
    size_t units = n / ((size_t)threads * PIECES_A_THREAD) / unit;
    j->piece = (units ? units : 1) * unit;
    /* Up to the output's next line: no two threads write to one. */
    if (s->values == 1 && step == (ptrdiff_t)s->size)
        j->head = -(uintptr_t)j->args[s->nargs - 1] % LINE / s->size;
    j->pieces = n > j->head ? (n - j->head - 1) / j->piece + 1 : 1;
}

void edgeact_run_split(const edgeact_split *split, char **args, const ptrdiff_t *dims,
                       const ptrdiff_t *steps, void *data) {
    job j = {.split = split, .args = args, .dims = dims, .steps = steps, .data = data};
    const int allowed = atomic_load_explicit(&most, memory_order_relaxed);
    int threads = allowed > 1 ? affinity(&j.cpus) : 1;
    if (threads > allowed) threads = allowed;
    if (threads > 1) cut(&j, threads);
    if (threads <= 1 || j.pieces <= 1 || atomic_exchange(&pool.busy, 1)) {
        split->loop(args, dims, steps, data);
        return;
    }
    if ((size_t)threads > j.pieces) threads = (int)j.pieces;
    fegetenv(&j.environment);
    share(&j, threads);
    atomic_store(&pool.busy, 0);
    feraiseexcept(atomic_load(&j.exceptions));
}

/* In a forked child the threads are gone, and whatever they held with them. */
static void forked(void) {
    pthread_mutex_init(&pool.lock, NULL);
    pthread_cond_init(&pool.work, NULL);
    pthread_cond_init(&pool.done, NULL);
    atomic_store(&pool.busy, 0);
    pool.started = 0;
    atomic_store(&pool.wanted, 0);
    atomic_store(&pool.active, 0);
    atomic_store(&most, atomic_load(&most_forked));
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static void watch_forks(void) { pthread_atfork(NULL, NULL, forked); }

void edgeact_set_threads(int threads, int in_forked) {
    pthread_once(&once, watch_forks);
    atomic_store(&most, threads);
    atomic_store(&most_forked, in_forked);
}

int edgeact_threads(void) {
    cpu_set_t cpus;
    int threads = affinity(&cpus), allowed = atomic_load(&most);
    return threads < allowed ? threads : allowed;
}

enum { PATH_SIZE = 2048 };

/* A number that a control group's file begins with, and one that follows; 0 where there is none. */
static void read_two(const char *mount, const char *path, const char *name, long long numbers[2]) {
    char full[2 * PATH_SIZE + 32];
    snprintf(full, sizeof full, "%s%s/%s", mount, path, name);
    FILE *file = fopen(full, "re");
    numbers[0] = numbers[1] = 0;
    if (!file) return;
    if (fscanf(file, "%lld %lld", &numbers[0], &numbers[1]) < 1) numbers[0] = 0; /* "max" */
    fclose(file);
}

/* Its quota / period, rounded down but no less than 1; 0 where it has none. */
static int quota(const char *mount, const char *path, int v2) {
    long long of[2], period[2];
    read_two(mount, path, v2 ? "cpu.max" : "cpu.cfs_quota_us", of);
    if (!v2) {
        read_two(mount, path, "cpu.cfs_period_us", period);
        of[1] = period[0];
    }
    if (of[0] <= 0 || of[1] <= 0) return 0;
    return of[0] < of[1] ? 1 : of[0] / of[1] > INT16_MAX ? INT16_MAX : (int)(of[0] / of[1]);
}

/* The least quota of a group and of those it lies in. In a container the path may be the host's:
 * then the container's own group is where the path's end would be its beginning. */
static int least_quota(const char *mount, char *path, int v2) {
    int least = 0;
    for (;;) {
        int cpus = quota(mount, path, v2);
        if (cpus && (!least || cpus < least)) least = cpus;
        char *end = strrchr(path, '/');
        if (!end) return least;
        *end = '\0';
    }
}

int edgeact_cgroup_cpus(const char *root) {
    char line[PATH_SIZE], mount[PATH_SIZE];
    snprintf(mount, sizeof mount, "%s/proc/self/cgroup", root);
    FILE *file = fopen(mount, "re");
    int least = 0;
    while (file && fgets(line, sizeof line, file)) { /* number:controllers:path */
        line[strcspn(line, "\n")] = '\0';
        char *controllers = strchr(line, ':');
        char *path = controllers ? strchr(controllers + 1, ':') : NULL;
        if (!path) continue;
        *path++ = '\0';
        controllers++;
        const int v2 = *controllers == '\0';
        char *state, *name = strtok_r(controllers, ",", &state);
        while (name && strcmp(name, "cpu") != 0)
            name = strtok_r(NULL, ",", &state);
        if (!v2 && !name) continue;
        snprintf(mount, sizeof mount, "%s/sys/fs/cgroup%s", root, v2 ? "" : "/cpu");
        int cpus = least_quota(mount, path, v2);
        if (cpus && (!least || cpus < least)) least = cpus;
    }
    if (file) fclose(file);
    return least;
}
