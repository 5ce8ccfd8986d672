/* Runs each float32 kernel of tier fast once over COUNT values, for a tool that counts what it
 * executes: tools/pin_instructions.py. */
#include <edgeact.h>
#include <math.h>

enum { COUNT = 4096 };

int main(void) {
    static float x[COUNT], y[COUNT];
    for (int i = 0; i < COUNT; i++) /* -4 to 4: what a network computes with */
        x[i] = (float)(i - COUNT / 2) * 0x1p-9f;
    for (size_t a = 0; a < edgeact_count(); a++) {
        const edgeact_activation *act = edgeact_at(a);
        float params[EDGEACT_MAX_PARAMS];
        for (size_t k = 0; k < act->nparams; k++)
            params[k] = isnan(act->params[k].value) ? 1 : (float)act->params[k].value;
        if (edgeact_run_f32(act, EDGEACT_FAST, COUNT, x, y, params) != EDGEACT_OK) return 1;
    }
    return 0;
}
