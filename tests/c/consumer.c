/* A program of somebody else's: it knows edgeact.h and the library, nothing more. */
#include <edgeact.h>
#include <math.h>
#include <stdio.h>

int main(void) {
    const edgeact_activation *gelu = edgeact_find("gelu");
    const float x[3] = {-1, 0, 1}, truth[3] = {-0.158655254f, 0, 0.841344746f};
    float y[3];
    if (!gelu || edgeact_find("gelo")) return 1;
    if (edgeact_run_f32(gelu, EDGEACT_FAST, 3, x, y, NULL) != EDGEACT_OK) return 1;
    for (int i = 0; i < 3; i++) {
        if (fabsf(y[i] - truth[i]) > 1.2e-7f) return 1;
    }
    if (edgeact_run_f32(gelu, EDGEACT_EXACT, 3, x, y, NULL) != EDGEACT_OK) return 1;
    for (int i = 0; i < 3; i++) {
        if (y[i] != truth[i]) return 1;
    }
    if (edgeact_run_f32(gelu, EDGEACT_COARSE, 3, x, y, NULL) != EDGEACT_OK) return 1;
    for (int i = 0; i < 3; i++) {
        if (fabsf(y[i] - truth[i]) > 0x1p-11f) return 1;
    }
    if (edgeact_run_f32(edgeact_find("relu"), EDGEACT_COARSE, 3, x, y, NULL) != EDGEACT_NO_KERNEL) {
        return 1;
    }
    /* twice 1 - tanh(x)^2, over the array of the inputs */
    const float dy[3] = {2, 2, 2}, slope[3] = {0.839948683f, 2, 0.839948683f};
    float dx[3] = {-1, 0, 1};
    const edgeact_activation *tanh_grad = edgeact_find("tanh_grad");
    if (edgeact_backward_f32(tanh_grad, EDGEACT_EXACT, 3, dy, dx, dx, NULL) != EDGEACT_OK) return 1;
    for (int i = 0; i < 3; i++) {
        if (dx[i] != slope[i]) return 1;
    }
    if (edgeact_backward_f32(tanh_grad, EDGEACT_COARSE, 0, dy, dx, dx, NULL) != EDGEACT_NO_KERNEL) {
        return 1;
    }
    if (edgeact_run_f32(edgeact_find("scale_shift_hardswish"), EDGEACT_FAST, 3, x, y, NULL) !=
        EDGEACT_BAD_PARAM) {
        return 1;
    }
    /* the same in float16, and what flows back through a softmax of equals */
    const uint16_t two[2] = {0x4000, 0x4000}, at[2] = {0, 0xbc00};
    uint16_t half[2];
    if (edgeact_backward_f16(tanh_grad, EDGEACT_FAST, 2, two, at, half, NULL) != EDGEACT_OK)
        return 1;
    if (half[0] != 0x4000 || half[1] != 0x3ab8) return 1;
    const float up[2] = {1, 0}, equal[2] = {0.5f, 0.5f};
    const edgeact_rowwise *softmax = edgeact_rowwise_find("softmax");
    if (edgeact_rowwise_backward_f32(softmax, 1, 2, up, equal, dx) != EDGEACT_OK) return 1;
    if (dx[0] != 0.25f || dx[1] != -0.25f) return 1;
    uint8_t complement[256], bytes[3] = {0, 1, 255};
    for (int i = 0; i < 256; i++)
        complement[i] = (uint8_t)~i;
    if (edgeact_map_u8(complement, 3, bytes, bytes) != EDGEACT_OK) return 1;
    if (bytes[0] != 255 || bytes[1] != 254 || bytes[2] != 0) return 1;
    /* x^2 between 0 and 7, level beyond: (m + t)^2 with t = x - m */
    float square[3 * 8];
    for (int m = 0; m < 8; m++) {
        square[m] = (float)(m * m);
        square[8 + m] = (float)(2 * m);
        square[16 + m] = 1;
    }
    const edgeact_tabulated table = {0, 7, 1, 0, {0, 0}, {49, 0}, 8, 2, square};
    const float inputs[5] = {-1, 0.25f, 2.5f, 6.75f, 8};
    const float squares[5] = {0, 0.0625f, 6.25f, 45.5625f, 49};
    float outputs[5];
    if (edgeact_tabulated_run_f32(&table, 5, inputs, outputs) != EDGEACT_OK) return 1;
    for (int i = 0; i < 5; i++) {
        if (outputs[i] != squares[i]) return 1;
    }
    printf("edgeact %s on %s\n", EDGEACT_VERSION, edgeact_isa_active()->name);
    return 0;
}
