"""ex03: 소프트맥스와 오버플로 방지.

문제는 README.md (한국어: README.ko.md)에 있어요. 함수 세 개를 채운 다음
`grade check ex03`을 실행하세요.
"""

import numpy as np


def softmax(a):
    """로짓을 확률로 바꿔요. 마지막 축을 따라 분포가 하나씩이에요.

    인자:
        a: 로짓, 샘플 하나는 shape (C,), 배치는 (N, C)인 정수나 실수 배열. 크기와
            부호는 무엇이든 돼요. 바꾸면 안 돼요.

    반환값:
        같은 shape의 실수 배열. 음수는 없고, 한 샘플의 수를 더하면 1이에요.
    """
    raise NotImplementedError


def cross_entropy(y, t):
    """확률의 교차 엔트로피를 배치에 대해 평균 내서 돌려줘요.

    인자:
        y: 확률, shape (C,) 또는 (N, C)인 실수 배열. 바꾸면 안 돼요.
        t: 정답. y와 같은 shape의 원-핫(정수나 실수), 또는 0부터 C - 1까지의 레이블.
            레이블은 shape (N,)인 정수 배열이고, y가 (C,)이면 정수 하나예요.

    반환값:
        수 하나. 정답의 확률이 0이어도 유한해요.
    """
    raise NotImplementedError


def softmax_cross_entropy_gradient(logits, t):
    """`cross_entropy(softmax(logits), t)`를 로짓으로 미분한 기울기를 돌려줘요.

    인자:
        logits: shape (C,) 또는 (N, C)인 정수나 실수 배열. 바꾸면 안 돼요.
        t: 정답, `cross_entropy`처럼 원-핫이나 레이블.

    반환값:
        로짓과 같은 shape의 실수 배열.
    """
    raise NotImplementedError
