"""ex07: RNN 셀과 시간 방향의 계층.

문제는 README.md (한국어: README.ko.md)에 있어요. 클래스 두 개를 채운 다음
`grade check ex07`을 실행하세요. 메서드마다 사례가 따로 있어서 `RNN.forward`부터
시작하고 나머지는 나중에 해도 돼요.
"""

import numpy as np


class RNN:
    """RNN 셀: 시간에서 한 걸음.

    인자:
        Wx: 입력의 가중치, shape (D, H)인 실수 배열.
        Wh: 상태의 가중치, shape (H, H)인 실수 배열.
        b: 편향, shape (H,)인 실수 배열.

    속성:
        params: 리스트 [Wx, Wh, b].
        grads: 같은 shape의 배열 세 개인 리스트. 마지막 `backward`가 `params`마다 찾은
            기울기예요. 처음부터 있고, `backward`는 바로 이 배열들에 써 넣어요.
    """

    def __init__(self, Wx, Wh, b):
        raise NotImplementedError

    def forward(self, x, h_prev=None):
        """다음 상태를 돌려줘요.

        인자:
            x: 이 시점의 입력, shape (N, D)인 실수 배열. 바꾸면 안 돼요.
            h_prev: 이 시점 앞의 상태, shape (N, H)인 실수 배열. None은 0을 뜻해요. 바꾸면
                안 돼요.

        반환값:
            h_next, shape (N, H)인 배열.
        """
        raise NotImplementedError

    def backward(self, dh_next):
        """마지막 `forward`를 거슬러 기울기를 옮기고 `grads`를 채워요.

        인자:
            dh_next: h_next에 대한 손실의 기울기, shape (N, H). 바꾸면 안 돼요.

        반환값:
            튜플 (dx, dh_prev), shape은 (N, D)와 (N, H).
        """
        raise NotImplementedError


class TimeRNN:
    """RNN 계층: 셀을 T개의 시점에 차례로 적용해요.

    인자:
        Wx: 입력의 가중치, shape (D, H)인 실수 배열.
        Wh: 상태의 가중치, shape (H, H)인 실수 배열.
        b: 편향, shape (H,)인 실수 배열.
        stateful: `forward`가 앞의 `forward`가 끝난 상태에서 시작하는지. 아니면 매번 0에서
            시작해요.

    속성:
        params: 리스트 [Wx, Wh, b].
        grads: `RNN`처럼 같은 shape의 배열 세 개인 리스트. 마지막 `forward`의 모든 시점에
            걸친 합이에요.
    """

    def __init__(self, Wx, Wh, b, stateful=False):
        raise NotImplementedError

    def forward(self, xs):
        """모든 시점의 상태를 돌려줘요.

        인자:
            xs: 입력, shape (N, T, D)인 실수 배열. 바꾸면 안 돼요.

        반환값:
            hs, shape (N, T, H)인 배열. hs[:, t]는 시점 t 다음의 상태예요.
        """
        raise NotImplementedError

    def backward(self, dhs):
        """마지막 `forward`를 거슬러 기울기를 옮기고 `grads`를 채워요.

        인자:
            dhs: hs에 대한 손실의 기울기, shape (N, T, H). 바꾸면 안 돼요.

        반환값:
            dxs, shape (N, T, D)인 배열.
        """
        raise NotImplementedError

    def set_state(self, h):
        """상태를 이어 가는 계층의 다음 `forward`가 shape (N, H)인 h에서 시작하게 해요."""
        raise NotImplementedError

    def reset_state(self):
        """다음 `forward`가 0에서 시작하게 해요. 배치의 크기는 무엇이든 돼요."""
        raise NotImplementedError
