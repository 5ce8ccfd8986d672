/* Prints what FUNCTION of HEADER gives for the inputs FIRST to LAST of type INPUT, or where STEP is
 * given for the floats whose bits are 0, STEP, 2 STEP, ..., a hexadecimal word a line, as a program
 * of the host or as one that is all there is on a Cortex-M4 (mps2.ld): without any library it shows
 * that the header needs none. tests/test_c_header.py runs it. Where SUM_FROM is given it prints one
 * number instead, which depends on the bits for each of the floats SUM_FROM to SUM_TO:
 * tools/cortex_m4_floats.py. */
#include HEADER
#include <stdint.h>

#ifdef __arm__
/* Semihosting: the debugger, here qemu, does what the number in r0 says (Arm's semihosting for
 * AArch32 and AArch64). */
static void semihosting(uint32_t operation, const void *argument) {
    register uint32_t r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}
static void print(const char *text) { semihosting(4, text); }

static int run(void);
static void reset(void) {
#ifdef __ARM_FP
    *(volatile uint32_t *)0xe000ed88 |= 0xfu << 20; /* CPACR: coprocessors 10 and 11, the FPU */
    __asm__ volatile("dsb\n\tisb");
#endif
    run();
    semihosting(0x18, (const void *)0x20026); /* exit, the application having ended */
    for (;;) {
    }
}
/* The first two words that a Cortex-M reads: the stack's end and where to begin. */
struct vectors {
    void *stack;
    void (*reset)(void);
};
__attribute__((section(".vectors"), used)) static const struct vectors vectors = {
    (void *)0x20400000, reset};
#else
#include <stdio.h>
static void print(const char *text) { fputs(text, stdout); }
static int run(void);
int main(void) { return run(); }
#endif

static char *put(char *end, uint32_t word, int digits) {
    while (digits-- > 0)
        *end++ = "0123456789abcdef"[word >> 4 * digits & 15];
    *end++ = '\n';
    *end = 0;
    return end;
}

#if defined SUM_FROM || defined STEP
/* The bits of the result for the float with these bits */
static uint32_t of_bits(uint32_t bits) {
    union {
        uint32_t bits;
        float value;
    } x = {bits}, y;
    y.value = FUNCTION(x.value);
    return y.bits;
}
#endif

#if defined SUM_FROM
/* The sum of the results' bits, each times an odd number of its input: one wrong bit always shows.
 * Every NaN counts as one. */
static int run(void) {
    static char text[18];
    uint64_t sum = 0;
    uint32_t bits = SUM_FROM;
    do {
        uint32_t y = of_bits(bits);
        if ((y & 0x7fffffff) > 0x7f800000) y = 0x7fc00000;
        sum += y * (2 * (uint64_t)bits + 1);
    } while (bits++ != SUM_TO);
    print(put(put(text, (uint32_t)(sum >> 32), 8) - 1, (uint32_t)sum, 8) - 17);
    return 0;
}
#elif defined STEP
static int run(void) {
    static char text[(UINT32_MAX / STEP + 1) * 9 + 1];
    char *end = text;
    uint32_t bits = 0;
    do {
        end = put(end, of_bits(bits), 8);
        bits += STEP;
    } while (bits >= STEP);
    print(text);
    return 0;
}
#else
static int run(void) {
    static char text[(LAST - FIRST + 1) * 5 + 1];
    char *end = text;
    for (int32_t q = FIRST; q <= LAST; q++)
        end = put(end, (uint32_t)FUNCTION((INPUT)q) & 0xffff, 4);
    print(text);
    return 0;
}
#endif
