"""ex02: XOR과 다층 퍼셉트론.

문제는 README.md (한국어: README.ko.md)에 있어요. 함수 일곱 개를 채운 다음
`grade check ex02`를 실행하세요.
"""

import numpy as np


def XOR(x1, x2):
    """두 입력 가운데 정확히 하나만 1인지를 AND, OR, NAND로 만들어 돌려줘요.

    인자:
        x1: 0이나 1.
        x2: 0이나 1.

    반환값:
        정수 0이나 1.
    """
    raise NotImplementedError


def xor_forward(X, W1, b1, W2, b2):
    """행들을 시그모이드 은닉층과 출력층에 차례로 통과시켜요.

    인자:
        X: 입력, shape (N, D), 한 행이 샘플 하나. 바꾸면 안 돼요.
        W1: 은닉층의 가중치, shape (D, H), 한 열이 유닛 하나.
        b1: 은닉층의 편향, shape (H,).
        W2: 출력층의 가중치, shape (H, 1).
        b2: 출력층의 편향, shape (1,).

    반환값:
        shape (N, 1)인 배열. 반올림하지 않은 시그모이드 값 그대로예요.
    """
    raise NotImplementedError


def relu_xor_hidden(X):
    """문제에 나온 ReLU 신경망의 은닉층 값을 돌려줘요.

    인자:
        X: 입력, 아무 실수, shape (N, 2). 바꾸면 안 돼요.

    반환값:
        shape (N, 2)인 배열.
    """
    raise NotImplementedError


def relu_xor(X):
    """문제에 나온 ReLU 신경망의 출력을 돌려줘요.

    인자:
        X: 입력, 아무 실수, shape (N, 2). 바꾸면 안 돼요.

    반환값:
        shape (N,)인 배열, 행마다 수 하나.
    """
    raise NotImplementedError


def forward(x, layers):
    """벡터 하나나 행들의 배치를 층 몇 개든 차례로 통과시켜요.

    인자:
        x: shape (n,) 또는 (N, n). 바꾸면 안 돼요.
        layers: (W, b, activation) 튜플의 리스트, 첫 층이 먼저. W는 shape
            (입력 수, 출력 수), b는 (출력 수,), activation은 "step", "sigmoid", "tanh",
            "relu", "identity", "softmax" 중 하나. 바꾸면 안 돼요.

    반환값:
        shape (m,) 또는 (N, m)인 배열. m은 마지막 층의 출력 수예요.

    예외:
        ValueError: 활성화 함수가 여섯 가지 중 하나가 아니에요.
    """
    raise NotImplementedError


def count_params(sizes):
    """완전 연결 신경망의 가중치와 편향이 모두 몇 개인지 돌려줘요.

    인자:
        sizes: 층마다 유닛의 수, 입력이 먼저. 예: [784, 300, 100, 10].

    반환값:
        정수.
    """
    raise NotImplementedError


def train_xor(rng):
    """작은 신경망을 XOR을 계산할 때까지 학습시켜요.

    인자:
        rng: `np.random.default_rng(0)` 같은 `numpy.random.Generator`. 학습에 쓰는 무작위
            수는 모두 여기서 나와요.

    반환값:
        함수 predict(X). shape (N, 2)인 X에 대해 여기서 학습한 신경망의 출력을 shape
        (N, 1)로, 반올림하지 않고 돌려줘요. 0.5보다 크면 1, 작으면 0을 뜻해요.
    """
    raise NotImplementedError
