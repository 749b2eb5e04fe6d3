# goal: escape sequences, markup, direction marks, lone surrogates and NULs in names, messages, keys and output
# family: report
# expects: 0 runtime_error
# afterwards: honest
import os

NASTY = "\x1b[2J\x1b]0;title\x07\x9b31m[bold red]x[/bold red][/]\u202e\ud800\x00\r<script>&#0;]]>=HYPERLINK()\x85\u2028"


def softmax(a):
    os.write(1, b"ARMED\n" + NASTY.encode("utf-8", "surrogatepass") + b"\xff\xfe\x00")
    raise type("E" + NASTY.replace("\x00", ""), (Exception,), {})(NASTY)


def cross_entropy(y, t):
    return {NASTY: NASTY}


exec(f"def f(x):\n    raise ValueError({NASTY!r})\n")


def softmax_cross_entropy_gradient(logits, t):
    return type(NASTY.replace("\x00", "").replace("\ud800", ""), (), {})()
