"""ex06: 풀링.

문제는 README.md (한국어: README.ko.md)에 있어요. 함수 네 개를 채운 다음
`grade check ex06`을 실행하세요.
"""

import numpy as np


def max_pool1d(x, size, stride=1):
    """신호의 창마다 가장 큰 수를 남겨요.

    인자:
        x: 입력, shape (n,)인 정수나 실수 배열. 바꾸면 안 돼요.
        size: 창의 길이.
        stride: 창 사이의 간격, 1 이상.

    반환값:
        shape ((n - size) // stride + 1,)인 배열.

    예외:
        ValueError: 창이 입력보다 길어요.
    """
    raise NotImplementedError


def max_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
    """이미지나 이미지 배치의 창마다 가장 큰 수를 남겨요.

    인자:
        x: shape (H, W)인 이미지, 또는 (N, H, W, C)인 배치. 정수나 실수. 바꾸면 안 돼요.
        pool_h: 창의 행 수.
        pool_w: 창의 열 수.
        stride: 창 사이의 간격, 행과 열이 같아요.
        padding: "valid"는 이미지 안에 온전히 들어가는 창만. "same"은 문제에 나온 수만큼.
            이미지 밖의 칸은 결코 최댓값이 되지 않아요.

    반환값:
        x와 축의 수가 같은 배열. N과 C는 그대로이고 H와 W는 창의 수가 돼요.

    예외:
        ValueError: padding이 "valid"인데 창이 이미지보다 높거나 넓어요.
    """
    raise NotImplementedError


def average_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
    """이미지나 이미지 배치의 창마다 평균을 남겨요.

    인자:
        x: shape (H, W)인 이미지, 또는 (N, H, W, C)인 배치. 정수나 실수. 바꾸면 안 돼요.
        pool_h: 창의 행 수.
        pool_w: 창의 열 수.
        stride: 창 사이의 간격, 행과 열이 같아요.
        padding: "valid" 또는 "same", 창은 `max_pool2d`와 같아요. 평균은 이미지 안에 있는
            칸으로만 내요.

    반환값:
        `max_pool2d`가 돌려주는 shape의 실수 배열.

    예외:
        ValueError: padding이 "valid"인데 창이 이미지보다 높거나 넓어요.
    """
    raise NotImplementedError


def max_pool2d_backward(d_out, x, pool_h, pool_w, stride=1):
    """최대 풀링의 입력에 대한 손실의 기울기를 돌려줘요.

    인자:
        d_out: max_pool2d(x, pool_h, pool_w, stride)에 대한 기울기, 그와 같은 shape.
            바꾸면 안 돼요.
        x: 풀링한 배열, shape (H, W) 또는 (N, H, W, C). 정수나 실수. 바꾸면 안 돼요.
        pool_h: 창의 행 수.
        pool_w: 창의 열 수.
        stride: 창 사이의 간격, 행과 열이 같아요.

    반환값:
        x와 같은 shape의 실수 배열. 한 창에 같은 최댓값이 여럿이면 행 우선 순서로 첫
        번째가 기울기를 받아요.
    """
    raise NotImplementedError
