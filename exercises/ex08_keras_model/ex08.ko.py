"""ex08: 케라스로 만드는 분류기.

문제는 README.md (한국어: README.ko.md)에 있어요. 함수 다섯 개를 채운 다음
`grade check ex08`을 실행하세요.
"""

import keras
import numpy as np


def build_model():
    """28×28 이미지를 열 개의 클래스로 나누는 분류기를 만들고 컴파일해요.

    이 함수 대신 모듈에 바로 `model = …`을 써도 돼요.

    반환값:
        컴파일한 케라스 모델: Flatten, relu인 Dense 300, relu인 Dense 100, softmax인
        Dense 10. 손실은 sparse categorical cross-entropy, 학습률 0.01인 보통의 SGD,
        지표는 accuracy.
    """
    raise NotImplementedError


def prepare_data(X, y, n_valid=5000):
    """픽셀을 0..1로 바꾸고 앞의 행들을 검증용으로 떼어 놓아요.

    인자:
        X: 이미지, 0부터 255까지의 수로 된 shape (N, …)의 배열, 대개 uint8. 바꾸면 안
            돼요.
        y: 레이블, shape (N,)인 정수 배열. 바꾸면 안 돼요.
        n_valid: 검증에 쓸 행의 수.

    반환값:
        (X_train, y_train), (X_valid, y_valid). 앞의 n_valid개 행이 검증용, 나머지가
        학습용이고 둘 다 순서는 그대로예요. 이미지는 0부터 1까지의 실수이고 shape은
        그대로예요.
    """
    raise NotImplementedError


def predict_labels(model, X):
    """이미지마다 확률이 가장 높은 클래스를 돌려줘요.

    인자:
        model: 입력마다 확률 한 행을 출력하는 케라스 모델.
        X: 모델의 입력, shape (N, …)인 배열. 이미 0..1로 바꾼 값이에요.

    반환값:
        shape (N,)인 정수 배열.
    """
    raise NotImplementedError


def build_wide_and_deep():
    """입력 8개가 두 갈래로 출력에 닿는 신경망을 만들어요.

    반환값:
        입력 shape (N, 8), 출력 shape (N, 1)인 케라스 모델. 입력은 relu인 Dense 30 두
        개를 지나고, Concatenate가 입력(먼저)과 두 번째 은닉층을 이어 붙이고, 활성화
        함수가 없는 Dense 1이 나와요.
    """
    raise NotImplementedError


def build_two_inputs():
    """넓은 입력 5개와 깊은 입력 6개를 따로 받는 신경망을 만들어요.

    반환값:
        입력 [A, B]의 shape은 (N, 5)와 (N, 6), 출력 shape은 (N, 1)인 케라스 모델. B는
        relu인 Dense 30 두 개를 지나고, Concatenate가 A(먼저)와 두 번째 은닉층을 이어
        붙이고, 활성화 함수가 없는 Dense 1이 나와요.
    """
    raise NotImplementedError
