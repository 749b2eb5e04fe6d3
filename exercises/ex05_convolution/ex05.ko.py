"""ex05: 합성곱과 교차상관.

문제는 README.md (한국어: README.ko.md)에 있어요. 함수 다섯 개를 채운 다음
`grade check ex05`를 실행하세요.
"""

import numpy as np


def correlate1d(x, w, mode="valid", stride=1):
    """커널을 신호 위로 밀면서 창마다 곱을 더해요.

    인자:
        x: 입력, shape (n,)인 정수나 실수 배열. 바꾸면 안 돼요.
        w: 커널, shape (f,)인 정수나 실수 배열. 바꾸면 안 돼요.
        mode: "valid", "same", "full". "same"에서 길이가 짝수인 커널의 남는 0은
            왼쪽에 둬요.
        stride: 창 사이의 간격, 1 이상.

    반환값:
        shape (m,)인 배열. 스트라이드가 1이면 m은 "valid"에서 n - f + 1, "same"에서 n,
        "full"에서 n + f - 1. 스트라이드가 더 크면 그 출력 가운데 첫 번째부터 stride개마다
        하나씩 남겨요.

    예외:
        ValueError: mode가 "valid"인데 커널이 입력보다 길어요.
    """
    raise NotImplementedError


def convolve1d(x, w, mode="valid"):
    """신호를 커널과 합성곱해요. 커널을 뒤집은 교차상관이에요.

    인자:
        x: 입력, shape (n,)인 정수나 실수 배열. 바꾸면 안 돼요.
        w: 커널, shape (f,)인 정수나 실수 배열. 바꾸면 안 돼요.
        mode: "valid", "same", "full". "same"에서 길이가 짝수인 커널의 남는 0은
            왼쪽에 둬요.

    반환값:
        "valid"에서 shape (n - f + 1,), "same"에서 (n,), "full"에서 (n + f - 1,)인 배열.

    예외:
        ValueError: mode가 "valid"인데 커널이 입력보다 길어요.
    """
    raise NotImplementedError


def correlate2d(x, w, mode="valid", stride=1):
    """2차원 커널을 이미지 위로 밀면서 곱을 더해요.

    인자:
        x: 이미지, shape (height, width)인 정수나 실수 배열. 바꾸면 안 돼요.
        w: 커널, shape (fh, fw)인 정수나 실수 배열. 바꾸면 안 돼요.
        mode: "valid", "same", "full". "same"에서 길이가 짝수인 커널의 남는 0은
            아래쪽과 오른쪽에 둬요.
        stride: 창 사이의 간격, 행과 열이 같아요.

    반환값:
        2차원 배열. 행과 열에 `correlate1d`의 규칙이 그대로 적용돼요.

    예외:
        ValueError: mode가 "valid"인데 커널이 이미지보다 높거나 넓어요.
    """
    raise NotImplementedError


def convolve2d(x, w, mode="valid"):
    """이미지를 커널과 합성곱해요. 커널을 위아래와 좌우로 뒤집은 교차상관이에요.

    인자:
        x: 이미지, shape (height, width)인 정수나 실수 배열. 바꾸면 안 돼요.
        w: 커널, shape (fh, fw)인 정수나 실수 배열. 바꾸면 안 돼요.
        mode: "valid", "same", "full". "same"에서 길이가 짝수인 커널의 남는 0은
            아래쪽과 오른쪽에 둬요.

    반환값:
        2차원 배열. 행과 열에 `convolve1d`의 규칙이 그대로 적용돼요.

    예외:
        ValueError: mode가 "valid"인데 커널이 이미지보다 높거나 넓어요.
    """
    raise NotImplementedError


def output_size(n, f, stride=1, padding=0):
    """한 축에 창이 몇 개 들어가는지 돌려줘요.

    인자:
        n: 패딩을 뺀 입력의 길이.
        f: 커널의 길이, 최대 n + 2 * padding.
        stride: 창 사이의 간격, 1 이상.
        padding: 양쪽에 각각 더하는 0의 수.

    반환값:
        출력의 수, 정수.
    """
    raise NotImplementedError
