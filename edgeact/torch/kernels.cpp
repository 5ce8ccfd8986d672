// The operators of edgeact.torch.ops without Python in between: what runs them on CPU, forward and
// backward, in place, and their autograd. edgeact/torch/_build.py compiles this file against the
// PyTorch that is installed; each kernel here is boxed, so that one serves all operators.
#include <ATen/ATen.h>
#include <ATen/EmptyTensor.h>
#include <ATen/Parallel.h>
#include <ATen/TensorIterator.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>
#include <torch/library.h>

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using at::Tensor;
using c10::DispatchKey;
using c10::OperatorHandle;
using c10::Stack;
using torch::autograd::Node;
using torch::autograd::SavedVariable;

constexpr int kTiers = 3, kDtypes = 4, kMaxFloats = 4, kMaxTensors = 3, kMaxArgs = 8;
static_assert(kTiers == EDGEACT_TIERS && kDtypes == EDGEACT_DTYPES, "_build.py says them");
constexpr const char *kTierNames[kTiers] = {"exact", "fast", "coarse"};

// As edgeact.h has them.
using Kernel = void(char *const args[], const ptrdiff_t steps[], size_t n);
using RowKernel = void(char *const args[], const ptrdiff_t row_steps[], const ptrdiff_t steps[],
                       size_t rows, size_t n);
using Backward = void(const void *partials, char *const args[], const ptrdiff_t steps[], size_t n);

} // namespace

// What _build.py hands over, one an operator.
extern "C" struct edgeact_torch_op {
    const char *name;
    int tensors, floats, partials, keeps_output;
    Kernel *kernels[kTiers][kDtypes];
    const void *backward[kTiers][kDtypes];
};

extern "C" struct edgeact_torch_rows {
    const char *name;
    RowKernel *kernels[kDtypes], *backward[kDtypes];
};

namespace {

Backward *run_backward;

int dtype_index(const OperatorHandle &op, at::ScalarType type) {
    switch (type) {
    case at::kFloat:
        return 0;
    case at::kDouble:
        return 1;
    case at::kHalf:
        return 2;
    case at::kBFloat16:
        return 3;
    default:
        TORCH_CHECK_TYPE(false, op.schema().name(), " has no kernel for ", type);
    }
}

int tier_index(std::string_view tier) {
    for (int i = 0; i < kTiers; i++)
        if (tier == kTierNames[i]) return i;
    TORCH_CHECK_VALUE(false, "tier '", tier, "' is not one of exact, fast, coarse");
}

template <class Held>
const Held &at_hand(const OperatorHandle &op, const Held (&held)[kTiers][kDtypes],
                    std::string_view tier, at::ScalarType type) {
    const int d = dtype_index(op, type), t = tier_index(tier);
    TORCH_CHECK_VALUE(held[t][d] != nullptr, op.schema().name(), " has no kernel of tier ", tier,
                      " for ", type);
    return held[t][d];
}

// The arguments of a call: tensors, floats, tier; and the floats as kernels read them.
struct Call {
    std::array<Tensor, kMaxTensors> tensors;
    int ntensors;
    union {
        float f32[kMaxFloats];
        double f64[kMaxFloats];
    };
    int nfloats;
    std::string_view tier; // it lives on the stack until the call is done

    Call(const OperatorHandle &op, const Stack &stack, int count, int floats)
        : ntensors(count), nfloats(floats) {
        const c10::IValue *at = &stack[stack.size() - count - floats - 1];
        for (int i = 0; i < count; i++) {
            tensors[i] = at[i].toTensor();
            TORCH_CHECK_TYPE(tensors[i].scalar_type() == tensors[0].scalar_type(),
                             op.schema().name(), " takes tensors of one dtype, not ",
                             tensors[0].scalar_type(), " and ", tensors[i].scalar_type());
        }
        const bool wide = tensors[0].scalar_type() == at::kDouble;
        for (int i = 0; i < floats; i++) {
            const double value = at[count + i].toDouble();
            if (wide)
                f64[i] = value;
            else
                f32[i] = static_cast<float>(value);
        }
        tier = at[count + floats].toStringView();
    }

    char *number(int i) {
        return tensors[0].scalar_type() == at::kDouble ? reinterpret_cast<char *>(&f64[i])
                                                       : reinterpret_cast<char *>(&f32[i]);
    }
};

// Runs `kernel(args, steps, n)` over tensors and outputs: in their order, numbers between them.
template <class Run> void loop(Call &call, const Tensor *outputs, int count, const Run &run) {
    const int inputs = call.ntensors, numbers = call.nfloats, all = inputs + numbers + count;
    const int64_t n = outputs[0].numel();
    bool alike = outputs[0].is_non_overlapping_and_dense();
    for (int i = 0; i < inputs && alike; i++)
        alike = call.tensors[i].sizes() == outputs[0].sizes() &&
                call.tensors[i].strides() == outputs[0].strides();
    if (alike) { // one loop, as they lie in memory
        const auto size = static_cast<ptrdiff_t>(outputs[0].element_size());
        std::array<char *, kMaxArgs> base;
        std::array<ptrdiff_t, kMaxArgs> steps;
        steps.fill(size);
        for (int i = 0; i < inputs; i++)
            base[i] = static_cast<char *>(const_cast<void *>(call.tensors[i].const_data_ptr()));
        for (int i = 0; i < numbers; i++) {
            base[inputs + i] = call.number(i);
            steps[inputs + i] = 0;
        }
        for (int i = 0; i < count; i++)
            base[inputs + numbers + i] = static_cast<char *>(outputs[i].mutable_data_ptr());
        const auto piece = [&](int64_t begin, int64_t end) {
            std::array<char *, kMaxArgs> args;
            for (int i = 0; i < all; i++)
                args[i] = base[i] + begin * steps[i];
            run(args.data(), steps.data(), static_cast<size_t>(end - begin));
        };
        // One piece can do without what parallel_for sets up.
        if (n <= at::internal::GRAIN_SIZE)
            piece(0, n);
        else
            at::parallel_for(0, n, at::internal::GRAIN_SIZE, piece);
        return;
    }
    at::TensorIteratorConfig config;
    config.check_all_same_dtype(true).resize_outputs(false);
    for (int i = 0; i < count; i++)
        config.add_output(outputs[i]);
    for (int i = 0; i < inputs; i++)
        config.add_const_input(call.tensors[i]);
    auto iterator = config.build();
    iterator.for_each([&](char **data, const int64_t *strides, int64_t n) {
        std::array<char *, kMaxArgs> args;
        std::array<ptrdiff_t, kMaxArgs> steps{};
        for (int i = 0; i < all; i++) {
            if (i >= inputs && i < inputs + numbers) {
                args[i] = call.number(i - inputs);
                continue;
            }
            const int k = i < inputs ? count + i : i - inputs - numbers;
            args[i] = data[k];
            steps[i] = strides[k];
        }
        run(args.data(), steps.data(), static_cast<size_t>(n));
    });
}

// For a result: laid out as x is where it has x's shape. Past the dispatcher, which has come down
// to the CPU: at::empty_like asks it twice more.
Tensor empty(const Tensor &x, c10::IntArrayRef shape) {
    if (x.sizes() != shape) return at::detail::empty_cpu(shape, x.options());
    if (!x.is_non_overlapping_and_dense()) return at::empty_like(x);
    return at::detail::empty_strided_cpu(shape, x.strides(), x.options());
}

void compute(const edgeact_torch_op &row, const OperatorHandle &op, Call &call,
             const Tensor &output) {
    Kernel *kernel = at_hand(op, row.kernels, call.tier, call.tensors[0].scalar_type());
    loop(call, &output, 1, kernel);
}

struct Forward : c10::OperatorKernel {
    explicit Forward(const edgeact_torch_op &row) : row(row) {}
    void operator()(const OperatorHandle &op, c10::DispatchKeySet, Stack *stack) {
        Call call(op, *stack, row.tensors, row.floats);
        Tensor y;
        if (row.tensors == 1) {
            y = empty(call.tensors[0], call.tensors[0].sizes());
        } else {
            y = empty(call.tensors[0],
                      at::infer_size(call.tensors[0].sizes(), call.tensors[1].sizes()));
        }
        compute(row, op, call, y);
        torch::jit::drop(*stack, row.tensors + row.floats + 1);
        stack->emplace_back(std::move(y));
    }
    const edgeact_torch_op row;
};

struct Gradient : c10::OperatorKernel {
    explicit Gradient(const edgeact_torch_op &row) : row(row) {}
    void operator()(const OperatorHandle &op, c10::DispatchKeySet, Stack *stack) {
        Call call(op, *stack, row.tensors + 1, row.floats);
        const Tensor &grad = call.tensors[0];
        const void *partials = at_hand(op, row.backward, call.tier, grad.scalar_type());
        std::array<Tensor, 2> dx;
        for (int i = 0; i < row.partials; i++)
            dx[i] = empty(call.tensors[1], grad.sizes());
        loop(call, dx.data(), row.partials,
             [&](char *const args[], const ptrdiff_t steps[], size_t n) {
                 run_backward(partials, args, steps, n);
             });
        torch::jit::drop(*stack, row.tensors + row.floats + 2);
        for (int i = 0; i < row.partials; i++)
            stack->emplace_back(std::move(dx[i]));
    }
    const edgeact_torch_op row;
};

int64_t checked_dim(const OperatorHandle &op, const Tensor &x, int64_t dim) {
    const int64_t rank = std::max<int64_t>(x.dim(), 1);
    TORCH_CHECK_INDEX(-rank <= dim && dim < rank, op.schema().name(), ": no dimension ", dim,
                      " in a tensor of ", x.dim());
    return dim < 0 ? dim + rank : dim;
}

// softmax(self, dim) and, with two tensors, softmax_backward(grad, output, dim).
struct Rows : c10::OperatorKernel {
    Rows(RowKernel *const (&held)[kDtypes], int inputs) : inputs(inputs) {
        for (int d = 0; d < kDtypes; d++)
            kernels[d] = held[d];
    }
    void operator()(const OperatorHandle &op, c10::DispatchKeySet, Stack *stack) {
        std::array<Tensor, 2> x;
        for (int i = 0; i < inputs; i++)
            x[i] = (*stack)[stack->size() - inputs - 1 + i].toTensor().contiguous();
        TORCH_CHECK_TYPE(inputs == 1 || (x[0].scalar_type() == x[1].scalar_type() &&
                                         x[0].sizes() == x[1].sizes()),
                         op.schema().name(), " takes tensors of one dtype and shape, not ",
                         x[0].scalar_type(), " ", x[0].sizes(), " and ", x[1].scalar_type(), " ",
                         x[1].sizes());
        const int64_t dim = checked_dim(op, x[0], stack->back().toInt());
        RowKernel *kernel = kernels[dtype_index(op, x[0].scalar_type())];
        Tensor y = at::empty_like(x[0]);
        const int64_t n = x[0].dim() ? x[0].size(dim) : 1;
        const int64_t inner = x[0].dim() ? c10::multiply_integers(x[0].sizes().slice(dim + 1)) : 1;
        const auto size = static_cast<ptrdiff_t>(x[0].element_size());
        std::array<char *, 3> base;
        for (int i = 0; i < inputs; i++)
            base[i] = static_cast<char *>(const_cast<void *>(x[i].const_data_ptr()));
        base[inputs] = static_cast<char *>(y.mutable_data_ptr());
        // Rows that follow one another: all of them, or inner of them that are interleaved.
        auto run = [&](int64_t begin, int64_t end) {
            while (begin < end) {
                const int64_t outer = begin / inner, first = begin % inner;
                const int64_t rows =
                    inner == 1 ? end - begin : std::min(inner - first, end - begin);
                std::array<char *, 3> args;
                std::array<ptrdiff_t, 3> row_steps, steps;
                row_steps.fill(inner == 1 ? n * size : size);
                steps.fill(inner * size);
                for (int i = 0; i <= inputs; i++)
                    args[i] = base[i] + (outer * n * inner + first) * size;
                kernel(args.data(), row_steps.data(), steps.data(), static_cast<size_t>(rows),
                       static_cast<size_t>(n));
                begin += rows;
            }
        };
        if (y.numel() > 0)
            at::parallel_for(0, y.numel() / n, std::max<int64_t>(1, at::internal::GRAIN_SIZE / n),
                             run);
        torch::jit::drop(*stack, inputs + 1);
        stack->emplace_back(std::move(y));
    }
    int inputs;
    std::array<RowKernel *, kDtypes> kernels;
};

// What flows back through an operator, by its NAME_backward of the gradient, what was saved and the
// rest of its arguments.
struct FlowBack : Node {
    torch::autograd::variable_list apply(torch::autograd::variable_list &&grads) override {
        std::lock_guard<std::mutex> lock(mutex_);
        const size_t inputs = next_edges().size();
        torch::autograd::variable_list results(inputs);
        if (!grads[0].defined()) return results;
        Stack stack{grads[0]};
        std::vector<Tensor> tensors;
        for (auto &one : saved) {
            tensors.push_back(one.unpack(keeps_output ? getptr() : nullptr));
            stack.emplace_back(tensors.back());
        }
        for (const auto &value : rest)
            stack.emplace_back(value);
        if (at::GradMode::is_enabled()) {
            op->callBoxed(stack);
        } else { // there is nothing to record
            at::AutoDispatchBelowAutograd guard;
            op->callBoxed(stack);
        }
        for (size_t i = 0; i < inputs; i++) {
            if (!should_compute_output(i)) continue;
            Tensor dx = stack[std::min(i, stack.size() - 1)].toTensor();
            results[i] = keeps_output ? dx : at::sum_to(dx, tensors[i].sym_sizes());
        }
        return results;
    }
    void release_variables() override {
        std::lock_guard<std::mutex> lock(mutex_);
        for (auto &one : saved)
            one.reset_data();
    }
    std::string name() const override { return op->schema().name(); }

    std::vector<SavedVariable> saved;
    std::vector<c10::IValue> rest;
    std::optional<OperatorHandle> op;
    bool keeps_output = false;
};

struct Autograd : c10::OperatorKernel {
    Autograd(const std::string &name, int tensors, bool keeps_output)
        : tensors(tensors), keeps_output(keeps_output),
          backward(c10::Dispatcher::singleton().findSchemaOrThrow(
              ("edgeact::" + name + "_backward").c_str(), "")) {}
    void operator()(const OperatorHandle &op, c10::DispatchKeySet keys, Stack *stack) {
        const size_t count = op.schema().arguments().size(), first = stack->size() - count;
        bool needed = false;
        for (int i = 0; i < tensors; i++) {
            const Tensor &x = (*stack)[first + i].toTensor();
            needed |= x.requires_grad();
            if (torch::autograd::isFwGradDefined(x)) {
                forward_mode(op, keys, stack, first);
                return;
            }
        }
        if (!needed || !at::GradMode::is_enabled()) {
            at::AutoDispatchBelowAutograd guard;
            op.redispatchBoxed(keys & c10::after_autograd_keyset, stack);
            return;
        }
        auto node = c10::make_intrusive<FlowBack>();
        node->op = backward;
        node->keeps_output = keeps_output;
        torch::autograd::edge_list edges;
        for (int i = 0; i < tensors; i++) {
            const Tensor &x = (*stack)[first + i].toTensor();
            edges.push_back(x.requires_grad() ? torch::autograd::impl::gradient_edge(x)
                                              : torch::autograd::Edge());
            if (!keeps_output) node->saved.emplace_back(x, false);
        }
        node->set_next_edges(std::move(edges));
        node->rest.assign(stack->begin() + static_cast<ptrdiff_t>(first) + tensors, stack->end());
        {
            at::AutoDispatchBelowAutograd guard;
            op.redispatchBoxed(keys & c10::after_autograd_keyset, stack);
        }
        Tensor y = stack->back().toTensor();
        torch::autograd::set_history(y, node);
        if (keeps_output) node->saved.emplace_back(y, true);
    }
    // Forward mode: the Jacobian is diagonal, but for functions of rows, so what an input's tangent
    // adds is what flows back of it; softmax's is symmetric.
    void forward_mode(const OperatorHandle &op, c10::DispatchKeySet keys, Stack *stack,
                      size_t first) {
        std::vector<Tensor> tangents;
        for (int i = 0; i < tensors; i++) {
            const Tensor x = (*stack)[first + i].toTensor();
            tangents.push_back(x._fw_grad(0));
            (*stack)[first + i] = x._fw_primal(0);
        }
        const Stack primals(stack->begin() + static_cast<ptrdiff_t>(first), stack->end());
        (*this)(op, keys, stack);
        Tensor y = stack->back().toTensor(), sum;
        for (int i = 0; i < tensors; i++) {
            if (!tangents[i].defined()) continue;
            Tensor term;
            if (op.schema().name() == "edgeact::log_softmax") {
                const int64_t dim = primals.back().toInt();
                term = tangents[i] - (y.exp() * tangents[i]).sum(dim, true);
            } else {
                Stack back{tangents[i].expand_symint(y.sym_sizes())};
                if (keeps_output)
                    back.emplace_back(y);
                else
                    back.insert(back.end(), primals.begin(), primals.begin() + tensors);
                back.insert(back.end(), primals.begin() + tensors, primals.end());
                backward.callBoxed(back);
                term = back[std::min<size_t>(i, back.size() - 1)].toTensor();
            }
            sum = sum.defined() ? sum + term : term;
        }
        y._set_fw_grad(sum, 0, false);
        stack->back() = std::move(y);
    }
    int tensors;
    bool keeps_output;
    OperatorHandle backward;
};

// NAME_(self): by the kernel where nothing else looks on, else self.copy_(NAME(self)), which every
// transform of PyTorch takes apart.
struct InPlace : c10::OperatorKernel {
    explicit InPlace(const edgeact_torch_op &row)
        : row(row), plain(c10::Dispatcher::singleton().findSchemaOrThrow(
                        (std::string("edgeact::") + row.name).c_str(), "")) {}
    void operator()(const OperatorHandle &op, c10::DispatchKeySet, Stack *stack) {
        const size_t first = stack->size() - static_cast<size_t>(row.floats) - 2;
        Tensor self = (*stack)[first].toTensor();
        const bool recorded = at::GradMode::is_enabled() && self.requires_grad();
        const auto tls = c10::impl::tls_local_dispatch_key_set();
        const auto others =
            ((self.key_set() | tls.included_) - tls.excluded_) -
            c10::DispatchKeySet({DispatchKey::CPU, DispatchKey::AutogradCPU,
                                 DispatchKey::ADInplaceOrView, DispatchKey::AutocastCPU});
        if (!recorded && others.empty() && self.key_set().has(DispatchKey::CPU)) {
            Call call(op, *stack, 1, row.floats);
            compute(row, op, call, self);
            if (!self.is_inference()) self.unsafeGetTensorImpl()->bump_version();
        } else {
            Stack copy(stack->begin() + static_cast<ptrdiff_t>(first), stack->end());
            if (recorded && !row.keeps_output) copy[0] = self.clone(); // kept, and self changes
            plain.callBoxed(copy);
            self.copy_(copy[0].toTensor());
        }
        torch::jit::drop(*stack, static_cast<size_t>(row.floats) + 2);
        stack->emplace_back(std::move(self));
    }
    const edgeact_torch_op row;
    OperatorHandle plain;
};

template <class Made, class... Args> torch::CppFunction boxed(Args &&...args) {
    return torch::CppFunction::makeFromBoxedFunctor(
        std::make_unique<Made>(std::forward<Args>(args)...));
}

} // namespace

// Once, after the operators were defined. They stay as long as the process.
extern "C" __attribute__((visibility("default"))) void
edgeact_torch_register(const edgeact_torch_op *ops, size_t count, const edgeact_torch_rows *rows,
                       size_t count_rows, Backward *backward) {
    run_backward = backward;
    static torch::Library cpu(torch::Library::IMPL, "edgeact", DispatchKey::CPU, __FILE__,
                              __LINE__);
    static torch::Library autograd(torch::Library::IMPL, "edgeact", DispatchKey::Autograd, __FILE__,
                                   __LINE__);
    static torch::Library composite(torch::Library::IMPL, "edgeact",
                                    DispatchKey::CompositeImplicitAutograd, __FILE__, __LINE__);
    for (size_t i = 0; i < count; i++) {
        const std::string name = ops[i].name, name_backward = name + "_backward";
        cpu.impl(name.c_str(), boxed<Forward>(ops[i]));
        cpu.impl(name_backward.c_str(), boxed<Gradient>(ops[i]));
        autograd.impl(name.c_str(), boxed<Autograd>(name, ops[i].tensors, ops[i].keeps_output));
        if (ops[i].tensors == 1) composite.impl((name + "_").c_str(), boxed<InPlace>(ops[i]));
    }
    for (size_t i = 0; i < count_rows; i++) {
        const std::string name = rows[i].name, name_backward = name + "_backward";
        cpu.impl(name.c_str(), boxed<Rows>(rows[i].kernels, 1));
        cpu.impl(name_backward.c_str(), boxed<Rows>(rows[i].backward, 2));
        autograd.impl(name.c_str(), boxed<Autograd>(name, 1, true));
    }
}
