"""ex01: 계단 함수와 퍼셉트론.

문제는 README.md (한국어: README.ko.md)에 있어요. 함수 여섯 개를 채운 다음
`grade check ex01`을 실행하세요.
"""

import numpy as np


def step_function(x):
    """x가 0보다 큰 곳은 1, 나머지는 모두 0을 돌려줘요.

    인자:
        x: 수 하나, 또는 정수나 실수 배열(shape은 무엇이든). 바꾸면 안 돼요.

    반환값:
        수라면 0이나 1, 배열이라면 같은 shape의 정수 배열. 정확히 0에서는 0이에요.
    """
    raise NotImplementedError


def perceptron(x, w, b):
    """샘플 하나나 배치에 대해 유닛 하나, 또는 유닛 여러 개의 출력을 돌려줘요.

    인자:
        x: 샘플 하나는 shape (n,), 배치는 (N, n). 바꾸면 안 돼요.
        w: 유닛 하나의 가중치는 shape (n,), 유닛 m개는 (n, m)이고 유닛마다 한 열.
            바꾸면 안 돼요.
        b: 편향. 유닛 하나면 수, m개면 shape (m,).

    반환값:
        샘플과 유닛마다 0이나 1. 수 하나, 또는 shape (N,), (m,), (N, m)인 정수 배열.
    """
    raise NotImplementedError


def AND(x1, x2):
    """두 입력이 모두 1이면 1, 아니면 0을 돌려줘요.

    인자:
        x1: 0이나 1.
        x2: 0이나 1.

    반환값:
        0이나 1.
    """
    raise NotImplementedError


def OR(x1, x2):
    """두 입력이 모두 0이면 0, 아니면 1을 돌려줘요.

    인자:
        x1: 0이나 1.
        x2: 0이나 1.

    반환값:
        0이나 1.
    """
    raise NotImplementedError


def NAND(x1, x2):
    """두 입력이 모두 1이면 0, 아니면 1을 돌려줘요.

    인자:
        x1: 0이나 1.
        x2: 0이나 1.

    반환값:
        0이나 1.
    """
    raise NotImplementedError


def train_perceptron(X, t, lr=1.0, epochs=100):
    """퍼셉트론 학습 규칙으로 유닛 하나의 가중치와 편향을 배워요.

    인자:
        X: 샘플, shape (N, n)인 정수나 실수 배열. 바꾸면 안 돼요.
        t: 정답, 0과 1로 된 shape (N,)의 정수 배열. 바꾸면 안 돼요.
        lr: 학습률, 0보다 커요.
        epochs: 모든 샘플을 최대 몇 번 훑을지, 1 이상.

    반환값:
        (w, b). w는 shape (n,)인 가중치, b는 수 하나인 편향.
    """
    raise NotImplementedError
