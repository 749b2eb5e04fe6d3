"""What to ask a learner whose mistake needed no author: each general mistake's id and hint."""

from __future__ import annotations

from grader.language import Text
from grader.suite.mistakes import Mistake


def general(name: str, en: str, ko: str, **fields: object) -> Mistake:
    """Return a general mistake.

    Args:
        name: Its id, without `general_`.
        en: The hint in English, with `{field}` for what is known.
        ko: The hint in Korean.
        fields: Values for both.
    """
    hint = Text(en=en.format(**fields), ko=ko.format(**fields))
    return Mistake(id=f"general_{name}", replaces={}, hint=hint)


def factor(number: float) -> Mistake:
    """Return the mistake of a constant factor."""
    return general(
        "factor",
        "Your result is {number:.6g} times what was expected, in every element. Which quantity has this size?",
        "모든 원소가 기대한 값의 {number:.6g}배예요. 이 크기를 가진 양은 무엇인가요?",
        number=number,
    )


def offset(number: float) -> Mistake:
    """Return the mistake of an added constant."""
    return general(
        "offset",
        "Your result is off by the same {number:+.6g} in every element. Which constant could that be?",
        "모든 원소가 똑같이 {number:+.6g}만큼 달라요. 어떤 상수일까요?",
        number=number,
    )


def rounding(digits: int) -> Mistake:
    """Return the mistake of rounding to a number of digits."""
    return general(
        "rounding",
        "Your values stop after {digits} decimals. Should anything be rounded here?",
        "값이 소수점 아래 {digits}자리에서 끝나요. 여기서 반올림이 필요한가요?",
        digits=digits,
    )


def removed_name(hint: str) -> Mistake:
    """Return the mistake of a name that a library removed; the hint is in the run's language already."""
    return Mistake(id="general_removed_name", replaces={}, hint=Text(en=hint, ko=hint))


TRANSPOSED = general(
    "transposed",
    "Rows and columns have changed places in your result. Which axis should come first?",
    "결과에서 행과 열이 서로 바뀌어 있어요. 어느 축이 먼저 와야 하나요?",
)
SHAPE = general(
    "shape",
    "Your values are right, in their order too. Which shape does the statement ask for?",
    "값도 순서도 맞아요. 문제에서 요구한 shape은 무엇인가요?",
)
AXIS = general(
    "axis",
    "Along which axis do the numbers of one sample lie, and along which one does your code work?",
    "한 샘플의 수들은 어느 축을 따라 놓여 있나요? 코드는 어느 축을 따라 계산하나요?",
)
FACTOR_TWO = general(
    "factor_two",
    "Every element is twice or half of what was expected. Where does the formula have a 2 or a ½?",
    "모든 원소가 기대한 값의 두 배이거나 절반이에요. 식에서 2나 ½은 어디에 있나요?",
)
FACTOR_BATCH = general(
    "factor_batch",
    "Your result is off by a factor of the number of samples. Is this a sum over the batch or a mean?",
    "결과가 샘플 수만큼의 배수로 달라요. 배치에 대한 합인가요, 평균인가요?",
)
FACTOR_DIMENSION = general(
    "factor_dimension",
    "Your result is off by a factor that is a length of an argument's axis. Is something summed that should be "
    "averaged, or the other way round?",
    "결과가 인수의 어느 축 길이만큼의 배수로 달라요. 평균할 것을 더했거나, 더할 것을 평균하지 않았나요?",
)
DEGREES_OF_FREEDOM = general(
    "degrees_of_freedom",
    "There are n numbers. Does the statement divide by n or by n - 1, and what does your code do?",
    "수가 n개 있어요. 문제에서는 n으로 나누나요, n - 1로 나누나요? 코드는 어느 쪽인가요?",
)
SIGN = general(
    "sign",
    "Every element has the opposite sign. Which difference or derivative might be the wrong way round?",
    "모든 원소의 부호가 반대예요. 거꾸로 된 뺄셈이나 도함수가 있을까요?",
)
BIAS_MISSING = general(
    "bias_missing",
    "Compare your result with the formula, term by term. Is every term of the sum there?",
    "결과를 식과 항별로 비교해 보세요. 더해야 할 항이 모두 들어 있나요?",
)
BIAS_ADDED = general(
    "bias_added",
    "Compare your result with the formula, term by term. Is a term in your sum once too often?",
    "결과를 식과 항별로 비교해 보세요. 한 번 더 더해진 항이 있나요?",
)
BIAS_SIGN = general(
    "bias_sign",
    "Compare your result with the formula, term by term. Does each term have the sign that it has there?",
    "결과를 식과 항별로 비교해 보세요. 각 항의 부호가 식과 같은가요?",
)
DTYPE = general(
    "dtype",
    "The values are right. What does `.dtype` say about your result, and what should it say?",
    "값은 맞아요. 결과의 `.dtype`은 무엇이고, 무엇이어야 하나요?",
)
CUT_OFF = general(
    "cut_off",
    "Only whole numbers come back. What happens to a fraction that is stored in an array of integers?",
    "정수만 돌아와요. 정수 배열에 소수를 저장하면 어떻게 되나요?",
)
FLOAT32 = general(
    "float32",
    "Your numbers carry about seven digits, those of the solution sixteen. In which dtype do you compute?",
    "숫자가 일곱 자리 정도만 정확하고 정답은 열여섯 자리예요. 어떤 dtype으로 계산하나요?",
)
ARGUMENT_CHANGED = general(
    "argument_changed",
    "Print your argument before and after the call. Which line of your code writes into it?",
    "함수를 부르기 전과 후에 인수를 출력해 보세요. 어느 줄이 그 안에 값을 쓰나요?",
)
SOFTMAX_TWICE = general(
    "softmax_twice",
    "How often do these numbers go through softmax on their way? What does it do to probabilities?",
    "이 수들은 softmax를 몇 번 거치나요? 확률에 softmax를 취하면 어떻게 되나요?",
)
OUTPUTS_SWAPPED = general(
    "outputs_swapped",
    "All results are there. In which order does the statement ask for them?",
    "결과는 모두 있어요. 문제에서는 어떤 순서로 돌려 달라고 하나요?",
)
STATE_KEPT = general(
    "state_kept",
    "The first call is right, and a later one with the same arguments is not. What does your code remember?",
    "첫 호출은 맞는데 같은 인수로 다시 부르면 달라져요. 코드가 무엇을 기억하고 있나요?",
)
