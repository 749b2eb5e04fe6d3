"""Wrong solutions of ex05 that learners write, each with the question that may put them right.

An alternative is wrong in one respect and right in every other, and it replaces all the names in which the
same misconception shows, so that it fits a learner who has it in one of them.
"""

import math

import numpy as np
from solution import correlate1d, correlate2d, zeros_around

from grader.language import Text
from grader.suite.mistakes import mistake


def slide(x, w, stride=1):
    """Correlate a padded signal in `valid` mode."""
    return correlate1d(x, w, "valid", stride)


def slide_image(x, w, stride=1):
    """Correlate a padded image in `valid` mode."""
    return correlate2d(x, w, "valid", stride)


def zeros_1d(w, mode):
    """Return the zeros on the left and right that the statement asks for."""
    return zeros_around(len(w), mode, extra_zero_first=True)


def zeros_2d(w, mode):
    """Return the zeros above, below, left and right that the statement asks for."""
    return [zeros_around(f, mode, extra_zero_first=False) for f in w.shape]


def windows(padded, w, rows, columns, stride):
    """Correlate a padded image with a number of rows and columns that may be wrong."""
    correlate2d(padded, w)  # refuses a kernel that does not fit
    y = np.zeros((rows, columns))
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        y[i, j] = np.sum(padded[top : top + w.shape[0], left : left + w.shape[1]] * w)
    return y


# ------------------------------------------------------------------------------ the direction of the kernel


@mistake(
    "kernel_not_flipped",
    replaces=("convolve1d", "convolve2d"),
    hint=Text(
        en="Take the kernel [1, 0] and the signal [5, 7]. Do your convolution and your correlation differ?",
        ko="커널 [1, 0]과 신호 [5, 7]로 합성곱과 교차상관을 각각 계산해 보세요. 두 값이 서로 다른가요?",
    ),
)
class KernelNotFlipped:
    # Flipping twice (by hand, and again inside a function that flips) ends here too.
    def convolve1d(x, w, mode="valid"):
        return correlate1d(x, w, mode)

    def convolve2d(x, w, mode="valid"):
        return correlate2d(x, w, mode)


@mistake(
    "kernel_flipped_in_correlation",
    replaces=("correlate1d", "correlate2d", "convolve1d", "convolve2d"),
    hint=Text(
        en="Which of the two operations reads the kernel backwards, and which one reads it as it is written?",
        ko="두 연산 중 커널을 거꾸로 읽는 것은 무엇이고, 적힌 그대로 읽는 것은 무엇인가요?",
    ),
)
class KernelFlippedInCorrelation:
    def correlate1d(x, w, mode="valid", stride=1):
        return correlate1d(x, w[::-1], mode, stride)

    def correlate2d(x, w, mode="valid", stride=1):
        return correlate2d(x, w[::-1, ::-1], mode, stride)

    # The convolutions stay right: written on their own, not by way of the wrong correlations.
    def convolve1d(x, w, mode="valid"):
        return correlate1d(x, w[::-1], mode)

    def convolve2d(x, w, mode="valid"):
        return correlate2d(x, w[::-1, ::-1], mode)


@mistake(
    "input_flipped_instead",
    replaces=("convolve1d", "convolve2d"),
    hint=Text(
        en="Compare your result read backwards with the expected one. Which of the two arrays did you flip?",
        ko="결과를 거꾸로 읽어서 기댓값과 비교해 보세요. 두 배열 중 어느 것을 뒤집었나요?",
    ),
)
class InputFlippedInstead:
    def convolve1d(x, w, mode="valid"):
        return correlate1d(x[::-1], w, mode)

    def convolve2d(x, w, mode="valid"):
        return correlate2d(x[::-1, ::-1], w, mode)


@mistake(
    "kernel_flipped_along_one_axis",
    replaces="convolve2d",
    hint=Text(
        en="Print your flipped kernel beside the original. Did its rows change places, its columns, or both?",
        ko="뒤집은 커널을 원래 커널과 나란히 출력해 보세요. 행의 순서와 열의 순서가 각각 어떻게 되었나요?",
    ),
)
def flipped_along_one_axis(x, w, mode="valid"):
    return correlate2d(x, w[::-1], mode)


@mistake(
    "kernel_turned_a_quarter",
    replaces="convolve2d",
    hint=Text(
        en="Number the cells of a kernel 1 to 4. After your turn, does the 1 lie opposite its old corner?",
        ko="2×2 커널에 1부터 4까지 적고 돌려 보세요. 1이 원래 자리와 마주 보는 모서리에 있나요?",
    ),
)
def turned_a_quarter(x, w, mode="valid"):
    return correlate2d(x, np.rot90(w), mode)


@mistake(
    "kernel_transposed",
    replaces="correlate2d",
    hint=Text(
        en="Let one cell in the kernel's first row be 1, the rest 0. Which way does the image move?",
        ko="커널의 첫 행에서 한 칸만 1로 두고 나머지는 0으로 해 보세요. 이미지가 어느 쪽으로 움직이나요?",
    ),
)
def kernel_transposed(x, w, mode="valid", stride=1):
    return correlate2d(x, w.T, mode, stride)


@mistake(
    "kernel_flipped_in_place",
    replaces=("convolve1d", "convolve2d"),
    hint=Text(
        en="Call your convolution twice with the same kernel. Are the two results equal?",
        ko="같은 커널로 합성곱을 두 번 불러 보세요. 두 결과가 같은가요?",
    ),
)
class KernelFlippedInPlace:
    def convolve1d(x, w, mode="valid"):
        w[:] = w[::-1].copy()
        return correlate1d(x, w, mode)

    def convolve2d(x, w, mode="valid"):
        w[:] = w[::-1, ::-1].copy()
        return correlate2d(x, w, mode)


# ---------------------------------------------------------------------------------------- counting windows


@mistake(
    "one_window_short",
    replaces=("correlate1d", "correlate2d", "output_size"),
    hint=Text(
        en="List the start of every window for four numbers and a kernel of two. How many starts are there?",
        ko="수 네 개와 길이 2인 커널로 창의 시작 위치를 모두 적어 보세요. 모두 몇 개인가요?",
    ),
)
class OneWindowShort:
    def correlate1d(x, w, mode="valid", stride=1):
        padded = np.pad(x, zeros_1d(w, mode))
        return slide(padded, w, stride)[: (len(padded) - len(w)) // stride]

    def correlate2d(x, w, mode="valid", stride=1):
        padded = np.pad(x, zeros_2d(w, mode))
        rows, columns = (np.array(padded.shape) - w.shape) // stride
        return slide_image(padded, w, stride)[:rows, :columns]

    def output_size(n, f, stride=1, padding=0):
        return (n + 2 * padding - f) // stride


@mistake(
    "image_taken_for_square",
    replaces="correlate2d",
    hint=Text(
        en="Try an image of 4 rows and 8 columns. Does each of the two numbers decide about its own axis?",
        ko="4행 8열 이미지를 넣어 보세요. 두 수가 각각 자기 축의 크기만 정하고 있나요?",
    ),
)
def image_taken_for_square(x, w, mode="valid", stride=1):
    padded = np.pad(x, zeros_2d(w, mode))
    height, (fh, fw) = len(padded), w.shape
    return windows(padded, w, (height - fh) // stride + 1, (height - fw) // stride + 1, stride)


@mistake(
    "kernel_taken_for_square",
    replaces="correlate2d",
    hint=Text(
        en="Try a kernel of 4 rows and 2 columns. Which of its two sizes do you take off the image's width?",
        ko="4행 2열 커널을 넣어 보세요. 이미지의 가로 길이에서 커널의 어느 쪽 크기를 빼고 있나요?",
    ),
)
def kernel_taken_for_square(x, w, mode="valid", stride=1):
    padded = np.pad(x, zeros_2d(w, mode))
    (height, width), fh = padded.shape, len(w)
    return windows(padded, w, (height - fh) // stride + 1, (width - fh) // stride + 1, stride)


@mistake(
    "result_not_reshaped",
    replaces="correlate2d",
    hint=Text(
        en="What is the `ndim` of your result? How many numbers name the place of one window in an image?",
        ko="결과의 `ndim`은 얼마인가요? 이미지에서 창 하나의 자리를 말하려면 수가 몇 개 필요한가요?",
    ),
)
def result_not_reshaped(x, w, mode="valid", stride=1):
    return correlate2d(x, w, mode, stride).reshape(-1)


@mistake(
    "matrix_product_of_window",
    replaces="correlate2d",
    hint=Text(
        en="How many products does a 2×2 window give? Count how many your operator computes.",
        ko="2×2 창에서는 곱이 몇 개 나와야 하나요? 사용한 연산자는 곱을 몇 번 하나요?",
    ),
)
def matrix_product_of_window(x, w, mode="valid", stride=1):
    padded = np.pad(x, zeros_2d(w, mode))
    y = slide_image(padded, w, stride)
    fh, fw = w.shape
    for i, j in np.ndindex(*y.shape):
        top, left = i * stride, j * stride
        y[i, j] = np.sum(padded[top : top + fh, left : left + fw] @ w)
    return y


# ------------------------------------------------------------------------------------------------- strides


@mistake(
    "stride_takes_first_outputs",
    replaces=("correlate1d", "correlate2d"),
    hint=Text(
        en="The number of outputs is right. Over which part of the input does your second window lie?",
        ko="출력의 개수는 맞아요. 그런데 두 번째 창은 입력의 어느 부분에 놓여 있나요?",
    ),
)
class StrideTakesFirstOutputs:
    def correlate1d(x, w, mode="valid", stride=1):
        y = correlate1d(x, w, mode)
        return y[: (len(y) - 1) // stride + 1]

    def correlate2d(x, w, mode="valid", stride=1):
        y = correlate2d(x, w, mode)
        return y[: (y.shape[0] - 1) // stride + 1, : (y.shape[1] - 1) // stride + 1]


@mistake(
    "stride_ignored",
    replaces=("correlate1d", "correlate2d", "output_size"),
    hint=Text(
        en="Call it with stride 1 and with stride 2. What should be different, and what is?",
        ko="스트라이드를 1과 2로 각각 불러 보세요. 무엇이 달라져야 하고, 실제로 무엇이 달라지나요?",
    ),
)
class StrideIgnored:
    def correlate1d(x, w, mode="valid", stride=1):
        return correlate1d(x, w, mode)

    def correlate2d(x, w, mode="valid", stride=1):
        return correlate2d(x, w, mode)

    def output_size(n, f, stride=1, padding=0):
        return n + 2 * padding - f + 1


@mistake(
    "stride_on_rows_only",
    replaces="correlate2d",
    hint=Text(
        en="Two loops move the window. How far does each of them move it?",
        ko="창을 움직이는 반복문은 두 개예요. 각각 한 번에 몇 칸씩 움직이나요?",
    ),
)
def stride_on_rows_only(x, w, mode="valid", stride=1):
    return correlate2d(x, w, mode)[::stride]


@mistake(
    "same_padded_for_stride",
    replaces=("correlate1d", "correlate2d"),
    hint=Text(
        en="Does your number of zeros depend on the stride? Compare with the statement's rule for `same`.",
        ko="0의 개수가 스트라이드에 따라 달라지나요? 문제에 적힌 `same`의 규칙과 비교해 보세요.",
    ),
)
class SamePaddedForStride:
    # The rule of Keras: just enough zeros for ceil(n / stride) windows.
    def correlate1d(x, w, mode="valid", stride=1):
        if mode != "same":
            return correlate1d(x, w, mode, stride)
        total = zeros_for_stride(len(x), len(w), stride)
        return slide(np.pad(x, (total - total // 2, total // 2)), w, stride)

    def correlate2d(x, w, mode="valid", stride=1):
        if mode != "same":
            return correlate2d(x, w, mode, stride)
        totals = [zeros_for_stride(n, f, stride) for n, f in zip(x.shape, w.shape, strict=True)]
        return slide_image(np.pad(x, [(total // 2, total - total // 2) for total in totals]), w, stride)


def zeros_for_stride(n, f, stride):
    """Return how many zeros Keras lays around n numbers for `same`."""
    return max((math.ceil(n / stride) - 1) * stride + f - n, 0)


# ------------------------------------------------------------------------------------------ zeros and modes


@mistake(
    "mode_ignored",
    replaces=("correlate1d", "correlate2d"),
    hint=Text(
        en="Print the shape of your result for each of the three modes. What does the statement give?",
        ko="세 모드에서 결과의 shape을 각각 출력해 보세요. 문제에서는 얼마라고 했나요?",
    ),
)
class ModeIgnored:
    def correlate1d(x, w, mode="valid", stride=1):
        return correlate1d(x, w, "valid", stride)

    def correlate2d(x, w, mode="valid", stride=1):
        return correlate2d(x, w, "valid", stride)


@mistake(
    "same_extra_zero_last_1d",
    replaces="correlate1d",
    hint=Text(
        en="How many zeros stand before the signal in your `same`, and how many after? See the 1-D picture.",
        ko="`same`에서 신호의 앞과 뒤에 0을 각각 몇 개 두었나요? 1차원 그림과 비교해 보세요.",
    ),
)
def same_extra_zero_last_1d(x, w, mode="valid", stride=1):
    return slide(np.pad(x, zeros_around(len(w), mode, extra_zero_first=False)), w, stride)


@mistake(
    "same_extra_zero_first_2d",
    replaces="correlate2d",
    hint=Text(
        en="What lies under the upper left cell of the first 2×2 window in `same`? See the 2-D picture.",
        ko="`same`의 첫 2×2 창에서 왼쪽 위 칸에는 무엇이 놓이나요? 2차원 그림과 같은가요?",
    ),
)
def same_extra_zero_first_2d(x, w, mode="valid", stride=1):
    zeros = [zeros_around(f, mode, extra_zero_first=True) for f in w.shape]
    # convolve2d then gives the middle of the full convolution, as scipy.signal.convolve2d does.
    return slide_image(np.pad(x, zeros), w, stride)


@mistake(
    "same_equal_zeros_on_both_sides",
    replaces=("correlate1d", "correlate2d"),
    hint=Text(
        en="Compare the length of your `same` result with the input's for a kernel of length 4.",
        ko="길이가 4인 커널로 `same`의 결과를 구하고, 그 길이를 입력의 길이와 비교해 보세요.",
    ),
)
class SameEqualZerosOnBothSides:
    def correlate1d(x, w, mode="valid", stride=1):
        if mode != "same":
            return correlate1d(x, w, mode, stride)
        return slide(np.pad(x, len(w) // 2), w, stride)

    def correlate2d(x, w, mode="valid", stride=1):
        if mode != "same":
            return correlate2d(x, w, mode, stride)
        return slide_image(np.pad(x, [(f // 2, f // 2) for f in w.shape]), w, stride)


@mistake(
    "same_one_zero_on_each_side",
    replaces=("correlate1d", "correlate2d"),
    hint=Text(
        en="For which length of the kernel is one zero on each side enough? What about a length of 5?",
        ko="양쪽에 0을 하나씩 두면 충분한 커널의 길이는 얼마인가요? 길이가 5라면요?",
    ),
)
class SameOneZeroOnEachSide:
    def correlate1d(x, w, mode="valid", stride=1):
        if mode != "same":
            return correlate1d(x, w, mode, stride)
        return slide(np.pad(x, 1), w, stride)

    def correlate2d(x, w, mode="valid", stride=1):
        if mode != "same":
            return correlate2d(x, w, mode, stride)
        return slide_image(np.pad(x, 1), w, stride)


@mistake(
    "same_zeros_all_in_front",
    replaces=("correlate1d", "correlate2d"),
    hint=Text(
        en="Is the input in the middle once your zeros are in place? Where would a kernel of length 3 begin?",
        ko="0을 두고 나면 입력이 가운데에 있나요? 길이가 3인 커널은 어디서 시작해야 하나요?",
    ),
)
class SameZerosAllInFront:
    # The first n numbers of `full`.
    def correlate1d(x, w, mode="valid", stride=1):
        if mode != "same":
            return correlate1d(x, w, mode, stride)
        return slide(np.pad(x, (len(w) - 1, 0)), w, stride)

    def correlate2d(x, w, mode="valid", stride=1):
        if mode != "same":
            return correlate2d(x, w, mode, stride)
        return slide_image(np.pad(x, [(f - 1, 0) for f in w.shape]), w, stride)


@mistake(
    "edges_repeated",
    replaces=("correlate1d", "correlate2d"),
    hint=Text(
        en="Print the padded input. What stands outside its edge?",
        ko="패딩한 입력을 출력해 보세요. 가장자리 바깥에 어떤 값이 있나요?",
    ),
)
class EdgesRepeated:
    def correlate1d(x, w, mode="valid", stride=1):
        return slide(np.pad(x, zeros_1d(w, mode), mode="edge"), w, stride)

    def correlate2d(x, w, mode="valid", stride=1):
        return slide_image(np.pad(x, zeros_2d(w, mode), mode="edge"), w, stride)


@mistake(
    "full_pads_kernel_length",
    replaces=("correlate1d", "correlate2d"),
    hint=Text(
        en="Does the first window of your `full` result touch the input at all?",
        ko="`full`의 첫 번째 창이 입력과 한 칸이라도 겹치나요?",
    ),
)
class FullPadsKernelLength:
    def correlate1d(x, w, mode="valid", stride=1):
        if mode != "full":
            return correlate1d(x, w, mode, stride)
        return slide(np.pad(x, len(w)), w, stride)

    def correlate2d(x, w, mode="valid", stride=1):
        if mode != "full":
            return correlate2d(x, w, mode, stride)
        return slide_image(np.pad(x, [(f, f) for f in w.shape]), w, stride)


# ---------------------------------------------------------------------------- kernels that do not fit


@mistake(
    "long_kernel_gives_nothing",
    replaces=("correlate1d", "correlate2d"),
    hint=Text(
        en="What does a caller see when the kernel does not fit? What did the statement promise?",
        ko="커널이 들어가지 않을 때 함수를 부른 사람은 무엇을 보게 되나요? 문제에서는 무엇을 약속했나요?",
    ),
)
class LongKernelGivesNothing:
    def correlate1d(x, w, mode="valid", stride=1):
        if mode == "valid" and len(w) > len(x):
            return np.zeros(0)
        return correlate1d(x, w, mode, stride)

    def correlate2d(x, w, mode="valid", stride=1):
        sizes = [max(n - f + 1, 0) for n, f in zip(x.shape, w.shape, strict=True)]
        if mode == "valid" and 0 in sizes:
            return np.zeros(sizes)
        return correlate2d(x, w, mode, stride)


@mistake(
    "long_kernel_swapped",
    replaces="correlate1d",
    hint=Text(
        en="When the kernel is the longer one, which array slides over which? Was that asked for?",
        ko="커널이 더 길 때 코드에서는 무엇이 무엇 위를 움직이나요? 그렇게 하라고 했나요?",
    ),
)
def long_kernel_swapped(x, w, mode="valid", stride=1):
    # What numpy does without a word.
    x, w = (w, x) if len(w) > len(x) else (x, w)
    return correlate1d(x, w, mode, stride)


# --------------------------------------------------------------------------------------------------- arrays


@mistake(
    "result_keeps_input_dtype",
    replaces=("correlate1d", "correlate2d"),
    hint=Text(
        en="Of which dtype is the array that you write your sums into, and who chose it?",
        ko="합을 써 넣는 배열의 dtype은 무엇이고, 어디에서 정해졌나요?",
    ),
)
class ResultKeepsInputDtype:
    # np.zeros_like(x) or dtype=x.dtype: fractions are cut off and uint8 wraps round.
    def correlate1d(x, w, mode="valid", stride=1):
        return in_dtype_of(x, correlate1d(x, w, mode, stride))

    def correlate2d(x, w, mode="valid", stride=1):
        return in_dtype_of(x, correlate2d(x, w, mode, stride))


def in_dtype_of(x, y):
    """Return y as an array of x's dtype would have stored it."""
    if x.dtype.kind not in "iu":
        return y
    # By way of int64, where cutting and wrapping are the same on every machine.
    return np.trunc(y).astype(np.int64).astype(x.dtype)


@mistake(
    "list_returned",
    replaces=("correlate1d", "correlate2d"),
    hint=Text(
        en="What does `type(...)` say about your result? What happens when you write `2 * result`?",
        ko="결과를 `type(...)`에 넣으면 무엇이 나오나요? `2 * 결과`를 계산하면 어떻게 되나요?",
    ),
)
class ListReturned:
    def correlate1d(x, w, mode="valid", stride=1):
        return correlate1d(x, w, mode, stride).tolist()

    def correlate2d(x, w, mode="valid", stride=1):
        return correlate2d(x, w, mode, stride).tolist()


@mistake(
    "window_multiplied_in_place",
    replaces=("correlate1d", "correlate2d"),
    hint=Text(
        en="Print the input after the first window. Is a slice of an array a copy of it?",
        ko="첫 번째 창을 계산한 뒤에 입력을 출력해 보세요. 배열을 자른 조각은 복사본인가요?",
    ),
)
class WindowMultipliedInPlace:
    def correlate1d(x, w, mode="valid", stride=1):
        padded = x if mode == "valid" else np.pad(x, zeros_1d(w, mode))
        y = slide(padded, w, stride)
        for i in range(len(y)):
            window = padded[i * stride : i * stride + len(w)]
            window *= w
            y[i] = np.sum(window)
        return y

    def correlate2d(x, w, mode="valid", stride=1):
        padded = x if mode == "valid" else np.pad(x, zeros_2d(w, mode))
        y = slide_image(padded, w, stride)
        for i, j in np.ndindex(*y.shape):
            top, left = i * stride, j * stride
            window = padded[top : top + w.shape[0], left : left + w.shape[1]]
            window *= w
            y[i, j] = np.sum(window)
        return y


# ---------------------------------------------------------------------------------------------- output_size


@mistake(
    "padding_taken_as_total",
    replaces="output_size",
    hint=Text(
        en="Draw the signal with `padding` zeros on the left and as many on the right. How long is it now?",
        ko="신호의 왼쪽과 오른쪽에 각각 `padding`개의 0을 그려 보세요. 이제 길이가 얼마인가요?",
    ),
)
def padding_taken_as_total(n, f, stride=1, padding=0):
    return (n + padding - f) // stride + 1


@mistake(
    "size_one_added_before_division",
    replaces="output_size",
    hint=Text(
        en="If there is no room for even one step of the stride, how many windows are there?",
        ko="스트라이드만큼 한 번도 움직일 수 없다면 창은 몇 개인가요?",
    ),
)
def size_one_added_before_division(n, f, stride=1, padding=0):
    return (n + 2 * padding - f + 1) // stride


@mistake(
    "size_rounded_up",
    replaces="output_size",
    hint=Text(
        en="Where does your last window end for nine numbers, a kernel of four and stride 2?",
        ko="수 아홉 개, 길이 4인 커널, 스트라이드 2에서 마지막 창은 어디에서 끝나나요?",
    ),
)
def size_rounded_up(n, f, stride=1, padding=0):
    return math.ceil((n + 2 * padding - f) / stride) + 1


@mistake(
    "size_with_a_fraction",
    replaces="output_size",
    hint=Text(
        en="Can there be half a window? Which division did you use?",
        ko="창이 반 개일 수 있나요? 어떤 나눗셈을 썼나요?",
    ),
)
def size_with_a_fraction(n, f, stride=1, padding=0):
    return (n + 2 * padding - f) / stride + 1
