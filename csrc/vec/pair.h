/* Verbs of a double vector that two registers hold, a and b. */
#define VD_EACH_1(verb, f) \
    static inline vd verb(vd x) { return (vd){f(x.a), f(x.b)}; }
#define VD_EACH_2(verb, to, f) \
    static inline to verb(vd x, vd y) { return (to){f(x.a, y.a), f(x.b, y.b)}; }
#define VD_EACH_3(verb, f) \
    static inline vd verb(vd x, vd y, vd z) { return (vd){f(x.a, y.a, z.a), f(x.b, y.b, z.b)}; }
