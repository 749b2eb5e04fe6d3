"""Wrong solutions of ex06 that learners write, each with the question that may put them right.

An alternative is wrong in one respect and right in every other, and it replaces all the names in which the
same misconception shows, so that it fits a learner who has it in one of them.
"""

import math

import numpy as np
from solution import as_batch, average_pool2d, max_pool1d, max_pool2d, spans

from grader.language import Text
from grader.suite.mistakes import mistake

BOTH = ("max_pool2d", "average_pool2d")
FORWARD = ("max_pool1d", *BOTH)


def pool(x, rows, columns, reduce=np.max):
    """Reduce the windows that slices of rows and columns make, for images and batches."""
    batch = as_batch(x)
    y = np.zeros((len(batch), len(rows), len(columns), batch.shape[-1]))
    for i, j in np.ndindex(len(rows), len(columns)):
        y[:, i, j, :] = reduce(batch[:, rows[i], columns[j], :], axis=(1, 2))
    return y[0, :, :, 0] if x.ndim == 2 else y


def image_size(x):
    """Return height and width of an image or a batch."""
    return x.shape if x.ndim == 2 else x.shape[1:3]


def both_spans(x, pool_h, pool_w, stride, padding, along=spans):
    """Return the rows and the columns of the windows."""
    height, width = image_size(x)
    return along(height, pool_h, stride, padding), along(width, pool_w, stride, padding)


def with_spans(along):
    """Return alternatives for all that pool, whose windows along one axis are `along(n, size, stride, padding)`."""

    class Alternatives:
        def max_pool1d(x, size, stride=1):
            return np.array([np.max(x[window]) for window in along(len(x), size, stride, "valid")])

        def max_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
            return pool(x, *both_spans(x, pool_h, pool_w, stride, padding, along))

        def average_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
            return pool(x, *both_spans(x, pool_h, pool_w, stride, padding, along), np.mean)

    return Alternatives


def with_windows(windows):
    """Return alternatives for images with the rows and columns of `windows(x, pool_h, pool_w, stride, padding)`."""

    class Alternatives:
        def max_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
            return pool(x, *windows(x, pool_h, pool_w, stride, padding))

        def average_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
            return pool(x, *windows(x, pool_h, pool_w, stride, padding), np.mean)

    return Alternatives


def around_right_ones(wrong):
    """Return alternatives for images, each `wrong(right, x, …)` with the right function and its arguments."""

    class Alternatives:
        def max_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
            return wrong(max_pool2d, x, pool_h, pool_w, stride, padding)

        def average_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
            return wrong(average_pool2d, x, pool_h, pool_w, stride, padding)

    return Alternatives


def outside(n, size, stride):
    """Return how many cells lie before and after n cells in `same`."""
    total = max((math.ceil(n / stride) - 1) * stride + size - n, 0)
    return total // 2, total - total // 2


def pad_same(x, pool_h, pool_w, stride, value):
    """Return `x` with the right number of cells around it, whatever their value."""
    height, width = image_size(x)
    cells = [outside(height, pool_h, stride), outside(width, pool_w, stride)]
    return np.pad(x, cells if x.ndim == 2 else [(0, 0), *cells, (0, 0)], constant_values=value)


def send_back(d_out, x, pool_h, pool_w, stride, share):
    """Add up what `share(window, gradient)` gives to the cells of each window."""
    batch, gradients = as_batch(x), as_batch(d_out)
    rows, columns = both_spans(x, pool_h, pool_w, stride, "valid")
    d_batch = np.zeros(batch.shape)
    for n, i, j, c in np.ndindex(gradients.shape):
        window = n, rows[i], columns[j], c
        d_batch[window] += share(batch[window], gradients[n, i, j, c])
    return d_batch.reshape(x.shape)


def one_cell(window, number, value):
    """Return zeros of the window's shape with `value` in the cell of that number."""
    share = np.zeros(window.shape)
    share.flat[number] = value
    return share


def place_in(window):
    """Return row and column of the first maximum, counted within the window."""
    return np.unravel_index(np.argmax(window), window.shape)


def to_first(window, gradient):
    """Give all to the first maximum: the right way."""
    return one_cell(window, np.argmax(window), gradient)


# ----------------------------------------------------------------------------------- what a window leaves


@mistake(
    "last_cell_of_window",
    replaces=("max_pool1d", "max_pool2d"),
    hint=Text(
        en="Shuffle the numbers inside a window. Must the result change, and does yours?",
        ko="창 안에 있는 수의 순서를 섞어 보세요. 결과가 달라져야 하나요? 실제로는 어떤가요?",
    ),
)
class LastCellOfWindow:
    def max_pool1d(x, size, stride=1):
        return np.array([x[window][-1] for window in spans(len(x), size, stride, "valid")])

    def max_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
        rows, columns = both_spans(x, pool_h, pool_w, stride, padding)
        return pool(x, rows, columns, lambda windows, axis: windows[:, -1, -1, :])


@mistake(
    "first_cell_of_window",
    replaces=("max_pool1d", "max_pool2d"),
    hint=Text(
        en="Put the largest number of a window into its middle. Does it still come out?",
        ko="창의 가장 큰 수를 가운데로 옮겨 보세요. 그래도 그 수가 나오나요?",
    ),
)
class FirstCellOfWindow:
    def max_pool1d(x, size, stride=1):
        return np.array([x[window][0] for window in spans(len(x), size, stride, "valid")])

    def max_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
        rows, columns = both_spans(x, pool_h, pool_w, stride, padding)
        return pool(x, rows, columns, lambda windows, axis: windows[:, 0, 0, :])


@mistake(
    "search_begins_at_zero",
    replaces=("max_pool1d", "max_pool2d"),
    hint=Text(
        en="Work out a window of −3 and −5 by hand. What is the largest number before your search begins?",
        ko="−3과 −5만 있는 창을 손으로 풀어 보세요. 찾기 시작하기 전의 최댓값은 얼마인가요?",
    ),
)
class SearchBeginsAtZero:
    def max_pool1d(x, size, stride=1):
        return np.maximum(max_pool1d(x, size, stride), 0)

    def max_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
        return np.maximum(max_pool2d(x, pool_h, pool_w, stride, padding), 0)


@mistake(
    "mean_for_max",
    replaces=("max_pool1d", "max_pool2d"),
    hint=Text(
        en="The lecture has two poolings. Which of them can return a number that is not in its window?",
        ko="강의에는 풀링이 두 가지 나와요. 창에 없는 수를 돌려줄 수 있는 것은 어느 쪽인가요?",
    ),
)
class MeanForMax:
    def max_pool1d(x, size, stride=1):
        return np.array([np.mean(x[window]) for window in spans(len(x), size, stride, "valid")])

    def max_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
        return average_pool2d(x, pool_h, pool_w, stride, padding)


@mistake(
    "max_for_mean",
    replaces="average_pool2d",
    hint=Text(
        en="Pool an image whose windows hold 0 and 2 only, as many of each. What should the average be?",
        ko="창마다 0과 2가 같은 개수로 들어 있는 이미지를 풀링해 보세요. 평균은 얼마여야 하나요?",
    ),
)
def max_for_mean(x, pool_h, pool_w, stride=1, padding="valid"):
    return max_pool2d(x, pool_h, pool_w, stride, padding)


@mistake(
    "sum_for_mean",
    replaces="average_pool2d",
    hint=Text(
        en="Can an average be larger than every number in its window? Try a window of ones.",
        ko="평균이 창에 있는 모든 수보다 클 수 있나요? 1로 채운 창으로 해 보세요.",
    ),
)
def sum_for_mean(x, pool_h, pool_w, stride=1, padding="valid"):
    return pool(x, *both_spans(x, pool_h, pool_w, stride, padding), np.sum)


@mistake(
    "fractions_cut_off",
    replaces=("max_pool1d", "max_pool2d", "average_pool2d", "max_pool2d_backward"),
    hint=Text(
        en="Print the dtype of your result array right after you make it. Can it hold 0.5?",
        ko="결과 배열을 만든 바로 다음 줄에서 dtype을 출력해 보세요. 0.5를 담을 수 있나요?",
    ),
)
class ResultsAreInts:
    def max_pool1d(x, size, stride=1):
        return max_pool1d(x, size, stride).astype(int)

    def max_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
        return max_pool2d(x, pool_h, pool_w, stride, padding).astype(int)

    def average_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
        return average_pool2d(x, pool_h, pool_w, stride, padding).astype(int)

    def max_pool2d_backward(d_out, x, pool_h, pool_w, stride=1):
        return send_back(d_out, x, pool_h, pool_w, stride, to_first).astype(int)


@mistake(
    "fractions_cut_off",
    replaces=("average_pool2d", "max_pool2d_backward"),
    hint=Text(
        en="Print the dtype of your result array right after you make it. Does it have to be that of x?",
        ko="결과 배열을 만든 바로 다음 줄에서 dtype을 출력해 보세요. x의 dtype과 같아야 하나요?",
    ),
)
class ResultsTakeDtypeOfInput:
    # np.zeros(…, dtype=x.dtype), np.zeros_like(x)
    def average_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
        return average_pool2d(x, pool_h, pool_w, stride, padding).astype(x.dtype)

    def max_pool2d_backward(d_out, x, pool_h, pool_w, stride=1):
        return send_back(d_out, x, pool_h, pool_w, stride, to_first).astype(x.dtype)


@mistake(
    "sums_of_bytes_overflow",
    replaces="average_pool2d",
    hint=Text(
        en="Add two numbers of dtype uint8, such as 200 and 100. What do you get?",
        ko="dtype이 uint8인 200과 100을 더해 보세요. 얼마가 나오나요?",
    ),
)
def sums_of_bytes_overflow(x, pool_h, pool_w, stride=1, padding="valid"):
    def sum_in_dtype(windows, axis):
        return np.sum(windows.astype(x.dtype), axis=axis, dtype=x.dtype)

    rows, columns = both_spans(x, pool_h, pool_w, stride, padding)
    sizes = pool(np.ones(x.shape), rows, columns, np.sum)
    return pool(x, rows, columns, sum_in_dtype) / sizes


@mistake(
    "window_sorted_in_place",
    replaces="max_pool1d",
    hint=Text(
        en="Print the signal before and after the call. A slice of an array: is it a copy?",
        ko="함수를 부르기 전과 후에 신호를 출력해 보세요. 배열을 잘라 낸 것은 복사본인가요?",
    ),
)
def window_sorted_in_place(x, size, stride=1):
    y = []
    for window in spans(len(x), size, stride, "valid"):
        x[window].sort()
        y.append(x[window][-1])
    return np.array(y)


# ---------------------------------------------------------------------------------------- counting windows


@mistake(
    "one_window_short",
    replaces=FORWARD,
    hint=Text(
        en="List the start of every window for four numbers and windows of two. How many starts are there?",
        ko="수 네 개와 길이 2인 창으로 창의 시작 위치를 모두 적어 보세요. 모두 몇 개인가요?",
    ),
)
@with_spans
def one_window_short(n, size, stride, padding):
    windows = spans(n, size, stride, padding)
    return windows if padding == "same" else windows[:-1]


@mistake(
    "partial_windows_kept",
    replaces=FORWARD,
    hint=Text(
        en="Five numbers, windows of two, stride 2: does the formula in the statement round down or up?",
        ko="수가 다섯 개, 창이 2칸, 스트라이드가 2예요. 문제의 공식은 몫인가요, 올림인가요?",
    ),
)
@with_spans
def partial_windows_kept(n, size, stride, padding):
    windows = spans(n, size, stride, padding)
    if padding == "same":
        return windows
    # The stride may exceed the window: then the further window may begin behind the end.
    starts = range(0, n, stride)[: math.ceil((n - size) / stride) + 1]
    return [slice(start, start + size) for start in starts]


@mistake(
    "image_taken_for_square",
    replaces=BOTH,
    hint=Text(
        en="Try an image of 3 rows and 8 columns. From which entry of the shape do you get the columns?",
        ko="3행 8열 이미지를 넣어 보세요. 열의 수를 shape의 몇 번째 값에서 구했나요?",
    ),
)
@with_windows
def image_taken_for_square(x, pool_h, pool_w, stride, padding):
    rows, columns = both_spans(x, pool_h, pool_w, stride, padding)
    if padding == "same":
        return rows, columns
    starts = range(0, image_size(x)[0] - pool_w + 1, stride)
    return rows, [slice(start, start + pool_w) for start in starts]


@mistake(
    "window_axes_swapped",
    replaces=("max_pool2d", "average_pool2d", "max_pool2d_backward"),
    hint=Text(
        en="Draw a window with pool_h = 2 and pool_w = 3. Which of the two counts its rows?",
        ko="pool_h = 2, pool_w = 3인 창을 그려 보세요. 둘 중 행의 수는 어느 쪽인가요?",
    ),
)
class WindowAxesSwapped:
    def max_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
        return max_pool2d(x, pool_w, pool_h, stride, padding)

    def average_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
        return average_pool2d(x, pool_w, pool_h, stride, padding)

    def max_pool2d_backward(d_out, x, pool_h, pool_w, stride=1):
        return send_back(d_out, x, pool_w, pool_h, stride, to_first)


@mistake(
    "too_large_window_accepted",
    replaces=FORWARD,
    hint=Text(
        en="What does your function return when no window fits? What does the statement ask for?",
        ko="창을 하나도 놓을 수 없을 때 함수가 무엇을 돌려주나요? 문제에서는 어떻게 하라고 했나요?",
    ),
)
@with_spans
def too_large_window_accepted(n, size, stride, padding):
    return spans(n, size, stride, padding) if padding == "same" or size <= n else []


# ------------------------------------------------------------------------------------------------- strides


@mistake(
    "stride_ignored",
    replaces=FORWARD,
    hint=Text(
        en="Call it with stride 1 and with stride 2. What should be different, and what is?",
        ko="스트라이드를 1과 2로 각각 불러 보세요. 무엇이 달라져야 하고, 실제로 무엇이 달라지나요?",
    ),
)
@with_spans
def stride_ignored(n, size, stride, padding):
    return spans(n, size, 1, padding)


@mistake(
    "stride_is_window",
    replaces=FORWARD,
    hint=Text(
        en="May two windows overlap? With stride 1, how many windows of two fit into four numbers?",
        ko="두 창이 서로 겹쳐도 되나요? 스트라이드가 1이면 수 네 개에 2칸짜리 창이 몇 번 놓이나요?",
    ),
)
@with_spans
def stride_is_window(n, size, stride, padding):
    return spans(n, size, size, padding)


@mistake(
    "stride_takes_first_windows",
    replaces=(*FORWARD, "max_pool2d_backward"),
    hint=Text(
        en="The number of windows is right. Over which cells does your second window lie?",
        ko="창의 개수는 맞아요. 그런데 두 번째 창은 어느 칸들 위에 놓여 있나요?",
    ),
)
class StrideTakesFirstWindows:
    @with_spans
    def forward(n, size, stride, padding):
        return spans(n, size, 1, padding)[: len(spans(n, size, stride, padding))]

    max_pool1d, max_pool2d, average_pool2d = forward.max_pool1d, forward.max_pool2d, forward.average_pool2d

    def max_pool2d_backward(d_out, x, pool_h, pool_w, stride=1):
        return send_back(d_out, x, pool_h, pool_w, 1, to_first)


@mistake(
    "stride_on_rows_only",
    replaces=BOTH,
    hint=Text(
        en="Two loops move the window. How far does each of them move it?",
        ko="창을 움직이는 반복문은 두 개예요. 각각 한 번에 몇 칸씩 움직이나요?",
    ),
)
@with_windows
def stride_on_rows_only(x, pool_h, pool_w, stride, padding):
    rows, _ = both_spans(x, pool_h, pool_w, stride, padding)
    _, columns = both_spans(x, pool_h, pool_w, 1, padding)
    return rows, columns


# ---------------------------------------------------------------------------------- batches and channels


@mistake(
    "batch_not_foreseen",
    replaces=(*BOTH, "max_pool2d_backward"),
    hint=Text(
        en="How many numbers does `x.shape` hold for one image, and how many for a batch?",
        ko="`x.shape`에 수가 몇 개 들어 있나요? 이미지 한 장일 때와 배치일 때를 비교해 보세요.",
    ),
)
class BatchNotForeseen:
    @around_right_ones
    def forward(right, x, pool_h, pool_w, stride, padding):
        height, width = x.shape  # too many values to unpack
        return right(x.reshape(height, width), pool_h, pool_w, stride, padding)

    max_pool2d, average_pool2d = forward.max_pool2d, forward.average_pool2d

    def max_pool2d_backward(d_out, x, pool_h, pool_w, stride=1):
        height, width = x.shape
        return send_back(d_out, x.reshape(height, width), pool_h, pool_w, stride, to_first)


@mistake(
    "channels_taken_for_first",
    replaces=(*BOTH, "max_pool2d_backward"),
    hint=Text(
        en="Read the table of shapes again. Which axis of a batch holds the channels?",
        ko="문제의 shape 표를 다시 읽어 보세요. 배치에서 채널은 몇 번째 축인가요?",
    ),
)
class ChannelsTakenForFirst:
    @around_right_ones
    def forward(right, x, *window):
        return right(x, *window) if x.ndim == 2 else np.moveaxis(right(np.moveaxis(x, 1, -1), *window), -1, 1)

    max_pool2d, average_pool2d = forward.max_pool2d, forward.average_pool2d

    def max_pool2d_backward(d_out, x, pool_h, pool_w, stride=1):
        if x.ndim == 2:
            return send_back(d_out, x, pool_h, pool_w, stride, to_first)
        d_out, x = np.moveaxis(d_out, 1, -1), np.moveaxis(x, 1, -1)
        return np.moveaxis(send_back(d_out, x, pool_h, pool_w, stride, to_first), -1, 1)


@mistake(
    "channels_mixed",
    replaces=BOTH,
    hint=Text(
        en="Change one number in channel 0 only. May the results of channel 1 change with it?",
        ko="0번 채널에서만 수 하나를 바꿔 보세요. 1번 채널의 결과도 함께 바뀌어도 되나요?",
    ),
)
@around_right_ones
def channels_mixed(right, x, *window):
    y = right(x, *window)
    if x.ndim == 2:
        return y
    reduce = np.max if right is max_pool2d else np.mean
    return np.repeat(reduce(y, axis=3, keepdims=True), y.shape[3], axis=3)


@mistake(
    "images_mixed",
    replaces=BOTH,
    hint=Text(
        en="Pool the first image of the batch alone. Should it get other results than among the others?",
        ko="배치의 첫 이미지만 따로 풀링해 보세요. 다른 이미지와 함께 있을 때와 결과가 달라야 하나요?",
    ),
)
@around_right_ones
def images_mixed(right, x, *window):
    y = right(x, *window)
    if x.ndim == 2:
        return y
    reduce = np.max if right is max_pool2d else np.mean
    return np.repeat(reduce(y, axis=0, keepdims=True), len(y), axis=0)


@mistake(
    "axes_of_length_one_dropped",
    replaces=BOTH,
    hint=Text(
        en="Which step of your code removes axes? Is an axis of length 1 always one that you added?",
        ko="코드의 어느 단계에서 축이 없어지나요? 길이가 1인 축은 언제나 여러분이 더한 축인가요?",
    ),
)
@around_right_ones
def axes_of_length_one_dropped(right, x, *window):
    return right(x, *window).squeeze()


# -------------------------------------------------------------------------------------------------- `same`


@mistake(
    "padding_ignored",
    replaces=BOTH,
    hint=Text(
        en="Print the shape of your result for `valid` and for `same`. Where does your code use `padding`?",
        ko="`valid`와 `same`에서 결과의 shape을 출력해 보세요. 코드는 `padding`을 어디에서 쓰나요?",
    ),
)
@around_right_ones
def padding_ignored(right, x, pool_h, pool_w, stride, padding):
    return right(x, pool_h, pool_w, stride)


@mistake(
    "same_maximum_of_zeros",
    replaces="max_pool2d",
    hint=Text(
        en="Draw the windows at the edge of an all-negative image. What stands in the cells outside?",
        ko="모두 음수인 이미지의 가장자리에 창을 그려 보세요. 바깥 칸에는 무엇이 있나요?",
    ),
)
def same_maximum_of_zeros(x, pool_h, pool_w, stride=1, padding="valid"):
    if padding == "valid":
        return max_pool2d(x, pool_h, pool_w, stride)
    return max_pool2d(pad_same(x.astype(float), pool_h, pool_w, stride, 0.0), pool_h, pool_w, stride)


@mistake(
    "same_padding_not_low_enough",
    replaces="max_pool2d",
    hint=Text(
        en="You chose a low number for the cells outside. Which input would be lower still?",
        ko="바깥 칸에 작은 수를 두었어요. 그보다 더 작은 입력이 들어오면 어떻게 되나요?",
    ),
)
def same_padding_not_low_enough(x, pool_h, pool_w, stride=1, padding="valid"):
    if padding == "valid":
        return max_pool2d(x, pool_h, pool_w, stride)
    return max_pool2d(pad_same(x.astype(float), pool_h, pool_w, stride, -9999.0), pool_h, pool_w, stride)


@mistake(
    "infinity_among_ints",
    replaces="max_pool2d",
    hint=Text(
        en="What is the dtype of x here? Is there an integer that stands for −∞?",
        ko="여기서 x의 dtype은 무엇인가요? 정수 중에 −∞를 나타내는 수가 있나요?",
    ),
)
def infinity_among_ints(x, pool_h, pool_w, stride=1, padding="valid"):
    if padding == "valid":
        return max_pool2d(x, pool_h, pool_w, stride)
    # np.pad raises OverflowError for ints.
    return max_pool2d(pad_same(x, pool_h, pool_w, stride, -np.inf), pool_h, pool_w, stride)


@mistake(
    "same_average_counts_outside",
    replaces="average_pool2d",
    hint=Text(
        en="Pool an image in which every number is 6. Is 6 what comes out in the corner?",
        ko="모든 수가 6인 이미지를 풀링해 보세요. 모서리에서도 6이 나오나요?",
    ),
)
def same_average_counts_outside(x, pool_h, pool_w, stride=1, padding="valid"):
    if padding == "valid":
        return average_pool2d(x, pool_h, pool_w, stride)
    return average_pool2d(pad_same(x.astype(float), pool_h, pool_w, stride, 0.0), pool_h, pool_w, stride)


def with_cells_outside(cells):
    """Return alternatives with other numbers of cells before and after; right in what those cells count for."""

    def along(n, size, stride, padding):
        if padding == "valid":
            return spans(n, size, stride, padding)
        before, after = cells(n, size, stride)
        starts = range(-before, n + after - size + 1, stride)
        # Windows that lie wholly outside are dropped: the mean of nothing would warn.
        return [slice(max(start, 0), start + size) for start in starts if start < n and start + size > 0]

    return with_spans(along)


@mistake(
    "same_extra_cell_first",
    replaces=BOTH,
    hint=Text(
        en="When one cell outside is left over, on which side does the statement put it? See the formulas.",
        ko="바깥 칸이 하나 남을 때 문제에서는 어느 쪽에 두나요? before와 after의 식을 보세요.",
    ),
)
@with_cells_outside
def same_extra_cell_first(n, size, stride):
    before, after = outside(n, size, stride)
    return after, before


@mistake(
    "same_without_stride",
    replaces=BOTH,
    hint=Text(
        en="Does your number of cells outside depend on the stride? Compare with the picture of n = 6.",
        ko="바깥에 두는 칸의 수가 스트라이드에 따라 달라지나요? n = 6인 그림과 비교해 보세요.",
    ),
)
@with_cells_outside
def same_without_stride(n, size, stride):
    # The rule of ex05: the results of stride 1, of which every stride-th is kept.
    return outside(n, size, 1)


@mistake(
    "same_half_window_on_both_sides",
    replaces=BOTH,
    hint=Text(
        en="How many rows come out of 4 rows with windows of 2 and stride 1? How many should there be?",
        ko="4행 이미지에 2칸짜리 창, 스트라이드 1이면 몇 행이 나오나요? 몇 행이어야 하나요?",
    ),
)
@with_cells_outside
def same_half_window_on_both_sides(n, size, stride):
    return size // 2, size // 2


@mistake(
    "same_all_behind",
    replaces=BOTH,
    hint=Text(
        en="With windows of 3 and stride 1, where does the first window of `same` begin? See `before`.",
        ko="창이 3칸이고 스트라이드가 1이면 `same`의 첫 번째 창은 어디서 시작하나요? before를 보세요.",
    ),
)
@with_cells_outside
def same_all_behind(n, size, stride):
    # What slices do by themselves: x[i : i + size] is simply shorter at the end.
    return 0, sum(outside(n, size, stride))


@mistake(
    "same_outside_below_zero",
    replaces=BOTH,
    hint=Text(
        en="Print the number of cells outside for 9 cells, windows of 2 and stride 3. Can there be so many?",
        ko="칸이 9개, 창이 2칸, 스트라이드가 3일 때 바깥 칸의 수를 출력해 보세요. 그런 개수가 가능한가요?",
    ),
)
@around_right_ones
def same_outside_below_zero(right, x, pool_h, pool_w, stride, padding):
    for n, size in zip(image_size(x), (pool_h, pool_w), strict=True):
        if padding == "same" and (math.ceil(n / stride) - 1) * stride + size < n:
            raise ValueError("index can't contain negative values")  # np.pad's words
    return right(x, pool_h, pool_w, stride, padding)


@mistake(
    "every_axis_padded",
    replaces=BOTH,
    hint=Text(
        en="Print the shape of a batch after your padding. Have the images become more, or the channels?",
        ko="패딩한 배치의 shape을 출력해 보세요. 이미지나 채널의 수가 늘어났나요?",
    ),
)
@around_right_ones
def every_axis_padded(right, x, pool_h, pool_w, stride, padding):
    y = right(x, pool_h, pool_w, stride, padding)
    if x.ndim == 2 or padding == "valid":
        return y
    cells = outside(x.shape[1], pool_h, stride)
    return np.pad(y, [cells, (0, 0), (0, 0), cells], constant_values=-np.inf if right is max_pool2d else 0.0)


# -------------------------------------------------------------------------------------------- the way back


@mistake(
    "gradient_overwritten",
    replaces="max_pool2d_backward",
    hint=Text(
        en="A second window has its maximum in the same cell. What becomes of what the cell had already?",
        ko="두 번째 창의 최댓값이 같은 칸에 있으면, 그 칸이 이미 받은 것은 어떻게 되나요?",
    ),
)
def gradient_overwritten(d_out, x, pool_h, pool_w, stride=1):
    batch, gradients = as_batch(x), as_batch(d_out)
    rows, columns = both_spans(x, pool_h, pool_w, stride, "valid")
    d_batch = np.zeros(batch.shape)
    for n, i, j, c in np.ndindex(gradients.shape):
        a, b = place_in(batch[n, rows[i], columns[j], c])
        d_batch[n, rows[i].start + a, columns[j].start + b, c] = gradients[n, i, j, c]
    return d_batch.reshape(x.shape)


@mistake(
    "gradient_place_in_window_only",
    replaces="max_pool2d_backward",
    hint=Text(
        en="`argmax` of a window counts from the corner of that window. Where in the image is that corner?",
        ko="창의 `argmax`는 그 창의 모서리부터 세요. 그 모서리는 이미지에서 어디에 있나요?",
    ),
)
def gradient_place_in_window_only(d_out, x, pool_h, pool_w, stride=1):
    batch, gradients = as_batch(x), as_batch(d_out)
    rows, columns = both_spans(x, pool_h, pool_w, stride, "valid")
    d_batch = np.zeros(batch.shape)
    for n, i, j, c in np.ndindex(gradients.shape):
        a, b = place_in(batch[n, rows[i], columns[j], c])
        d_batch[n, a, b, c] += gradients[n, i, j, c]
    return d_batch.reshape(x.shape)


@mistake(
    "place_from_wrong_side_of_window",
    replaces="max_pool2d_backward",
    hint=Text(
        en="In a window of 2 rows and 3 columns `argmax` is 4. Work out that cell's row and column by hand.",
        ko="2행 3열 창에서 `argmax`가 4예요. 그 칸의 행과 열을 손으로 구해 보세요.",
    ),
)
def place_from_wrong_side_of_window(d_out, x, pool_h, pool_w, stride=1):
    batch, gradients = as_batch(x), as_batch(d_out)
    rows, columns = both_spans(x, pool_h, pool_w, stride, "valid")
    d_batch = np.zeros(batch.shape)
    for n, i, j, c in np.ndindex(gradients.shape):
        a, b = divmod(np.argmax(batch[n, rows[i], columns[j], c]), pool_h)  # pool_w is right
        d_batch[n, rows[i].start + a, columns[j].start + b, c] += gradients[n, i, j, c]
    return d_batch.reshape(x.shape)


@mistake(
    "gradient_spread_as_for_averages",
    replaces="max_pool2d_backward",
    hint=Text(
        en="Raise a cell a little that is not the largest of its window. Does the maximum move?",
        ko="창에서 가장 크지 않은 칸을 조금만 키워 보세요. 최댓값이 움직이나요?",
    ),
)
def gradient_spread_as_for_averages(d_out, x, pool_h, pool_w, stride=1):
    def share(window, gradient):
        return np.full(window.shape, gradient / window.size)

    return send_back(d_out, x, pool_h, pool_w, stride, share)


@mistake(
    "gradient_to_whole_window",
    replaces="max_pool2d_backward",
    hint=Text(
        en="How many cells of a window does its maximum come from? How many of them receive something?",
        ko="최댓값은 창의 몇 칸에서 온 것인가요? 코드에서는 몇 칸이 기울기를 받나요?",
    ),
)
def gradient_to_whole_window(d_out, x, pool_h, pool_w, stride=1):
    return send_back(d_out, x, pool_h, pool_w, stride, lambda window, gradient: gradient)


@mistake(
    "upstream_gradient_ignored",
    replaces="max_pool2d_backward",
    hint=Text(
        en="Double d_out. What should happen to the gradient of x, and what does happen?",
        ko="d_out을 두 배로 해 보세요. x의 기울기는 어떻게 되어야 하고, 실제로 어떻게 되나요?",
    ),
)
def upstream_gradient_ignored(d_out, x, pool_h, pool_w, stride=1):
    return send_back(d_out, x, pool_h, pool_w, stride, lambda window, gradient: to_first(window, 1.0))


@mistake(
    "maximum_sent_back",
    replaces="max_pool2d_backward",
    hint=Text(
        en="Which numbers arrive in x's cells: those of d_out, or those of x itself?",
        ko="x의 칸에 도착한 수는 d_out의 수인가요, 아니면 x 자신의 수인가요?",
    ),
)
def maximum_sent_back(d_out, x, pool_h, pool_w, stride=1):
    def share(window, gradient):
        return to_first(window, gradient * window.max())

    return send_back(d_out, x, pool_h, pool_w, stride, share)


@mistake(
    "ties_all_take_gradient",
    replaces="max_pool2d_backward",
    hint=Text(
        en="Add up d_out, and add up your gradient. Are the sums equal when a maximum occurs twice?",
        ko="d_out의 합과 구한 기울기의 합을 비교해 보세요. 최댓값이 두 번 나와도 같은가요?",
    ),
)
def ties_all_take_gradient(d_out, x, pool_h, pool_w, stride=1):
    def share(window, gradient):
        return gradient * (window == window.max())

    return send_back(d_out, x, pool_h, pool_w, stride, share)


@mistake(
    "ties_share_gradient",
    replaces="max_pool2d_backward",
    hint=Text(
        en="Read the paragraph about ties again. How many of the equal maxima receive something?",
        ko="최댓값이 여러 개일 때의 설명을 다시 읽어 보세요. 같은 최댓값 가운데 몇 칸이 받나요?",
    ),
)
def ties_share_gradient(d_out, x, pool_h, pool_w, stride=1):
    def share(window, gradient):
        is_largest = window == window.max()
        return gradient * is_largest / is_largest.sum()

    return send_back(d_out, x, pool_h, pool_w, stride, share)


@mistake(
    "ties_go_to_the_last",
    replaces="max_pool2d_backward",
    hint=Text(
        en="Two cells are equally large. Does your comparison replace the first by the second?",
        ko="두 칸의 크기가 같아요. 코드의 비교에서 앞의 칸이 뒤의 칸으로 바뀌나요?",
    ),
)
def ties_go_to_the_last(d_out, x, pool_h, pool_w, stride=1):
    def share(window, gradient):
        return one_cell(window, window.size - 1 - np.argmax(window[::-1, ::-1]), gradient)

    return send_back(d_out, x, pool_h, pool_w, stride, share)
