"""ex04: 역전파.

문제는 README.md (한국어: README.ko.md)에 있어요. 클래스 여섯 개와 함수 하나를 채운
다음 `grade check ex04`를 실행하세요. `__init__`이 없는 클래스에는 인자를 받지 않는
`__init__`을 더해도 돼요.
"""

import numpy as np


class Affine:
    """완전 연결 계층: x @ W + b.

    속성:
        dW: 마지막 `backward` 뒤, W에 대한 손실의 기울기, shape (D, M).
        db: 마지막 `backward` 뒤, b에 대한 손실의 기울기, shape (M,).
    """

    def __init__(self, W, b):
        """파라미터를 간직해요.

        인자:
            W: 가중치, shape (D, M)인 실수 배열.
            b: 편향, shape (M,)인 실수 배열.
        """
        raise NotImplementedError

    def forward(self, x):
        """계층의 출력을 돌려줘요, shape (N, M).

        인자:
            x: 입력, shape (N, D)인 실수 배열. 바꾸면 안 돼요.
        """
        raise NotImplementedError

    def backward(self, dout):
        """`dW`와 `db`를 채우고, 마지막 `forward`의 x에 대한 기울기를 돌려줘요.

        인자:
            dout: 출력에 대한 손실의 기울기, shape (N, M). 바꾸면 안 돼요.

        반환값:
            shape (N, D)인 배열.
        """
        raise NotImplementedError


class Sigmoid:
    """활성화 함수 y = 1 / (1 + exp(-x)), 칸마다 따로."""

    def forward(self, x):
        """shape (N, D)인 실수 배열 x에 대한 y를 돌려줘요. x를 바꾸면 안 돼요."""
        raise NotImplementedError

    def backward(self, dout):
        """y에 대한 기울기를 받아, 마지막 `forward`의 x에 대한 기울기를 돌려줘요."""
        raise NotImplementedError


class Tanh:
    """활성화 함수 y = tanh(x), 칸마다 따로."""

    def forward(self, x):
        """shape (N, D)인 실수 배열 x에 대한 y를 돌려줘요. x를 바꾸면 안 돼요."""
        raise NotImplementedError

    def backward(self, dout):
        """y에 대한 기울기를 받아, 마지막 `forward`의 x에 대한 기울기를 돌려줘요."""
        raise NotImplementedError


class Relu:
    """활성화 함수 y = max(0, x), 칸마다 따로. 0에서의 미분은 0이에요."""

    def forward(self, x):
        """shape (N, D)인 실수 배열 x에 대한 y를 돌려줘요. x를 바꾸면 안 돼요."""
        raise NotImplementedError

    def backward(self, dout):
        """y에 대한 기울기를 받아, 마지막 `forward`의 x에 대한 기울기를 돌려줘요.

        배열 dout을 바꾸면 안 돼요.
        """
        raise NotImplementedError


class SoftmaxWithLoss:
    """소프트맥스와 교차 엔트로피를 한 계층으로. 신경망의 마지막 계층이에요."""

    def forward(self, x, t):
        """배치의 평균 손실을 돌려줘요. 유한한 수 하나예요.

        인자:
            x: 로짓, shape (N, C)인 실수 배열. 바꾸면 안 돼요.
            t: 정답. shape (N, C)인 원-핫, 또는 0부터 C - 1까지의 레이블인 shape (N,)의 정수
                배열.
        """
        raise NotImplementedError

    def backward(self, dout=1):
        """마지막 `forward`의 로짓에 대한 기울기를 돌려줘요, shape (N, C).

        인자:
            dout: 미분하려는 값을 이 계층의 손실로 미분한 기울기, 수 하나.
        """
        raise NotImplementedError


def numerical_gradient(f, x):
    """x에서 f의 기울기를 중심 차분으로 어림해요.

    인자:
        f: x와 같은 shape의 배열을 받아 수 하나를 돌려줘요.
        x: 축이 하나 이상인 실수나 정수 배열. 끝난 뒤에 같은 수를 담고 있어야 해요.

    반환값:
        x와 같은 shape의 실수 배열.
    """
    raise NotImplementedError


class TwoLayerNet:
    """분류하는 신경망: Affine, Sigmoid, Affine, SoftmaxWithLoss.

    속성:
        params: 파라미터 "W1", "b1", "W2", "b2"를 담은 dict, 실수 배열이에요.
    """

    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        """파라미터를 만들어요.

        인자:
            input_size: 샘플 하나의 입력 수.
            hidden_size: 은닉층의 유닛 수.
            output_size: 클래스의 수.
            weight_init_std: 무작위 가중치의 표준편차. 평균은 0이에요. 편향은 0에서
                시작해요.
        """
        raise NotImplementedError

    def loss(self, x, t):
        """배치의 평균 손실을 돌려줘요. 수 하나예요.

        인자:
            x: 입력, shape (N, input_size)인 실수 배열.
            t: 정답, `SoftmaxWithLoss`처럼 원-핫이나 레이블.
        """
        raise NotImplementedError

    def gradient(self, x, t):
        """모든 파라미터에 대한 `loss(x, t)`의 기울기를 돌려줘요.

        인자:
            x: 입력, shape (N, input_size)인 실수 배열.
            t: 정답, 원-핫이나 레이블.

        반환값:
            `params`와 같은 키를 가진 dict. 배열마다 자기 파라미터와 같은 shape이에요.
        """
        raise NotImplementedError
