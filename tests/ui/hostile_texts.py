"""Texts that would run if they were put into a page as they are; each tells on itself by its number."""

from __future__ import annotations

MARK = "PWNED"

HOSTILE = (
    "<script>alert('PWNED')</script>",
    "<img src=x onerror=alert('PWNED')>",
    "\"><svg onload=alert('PWNED')>",
    "'><img src=x onerror='alert(\"PWNED\")'>",
    "</textarea><script>alert('PWNED')</script>",
    "</style><script>alert('PWNED')</script>",
    "</script><script>alert('PWNED')</script>",
    "<iframe srcdoc=\"<script>parent.alert('PWNED')</script>\"></iframe>",
    "<a href=\"javascript:alert('PWNED')\">開く</a>",
    "[開く](javascript:alert('PWNED'))",
    "<details open ontoggle=alert('PWNED')>",
    "<body onload=alert('PWNED')>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert('PWNED')>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert('PWNED')>\">",
    "${alert('PWNED')}{{constructor.constructor('alert(1)')()}}",
    "<img src=`x` onerror=alert('PWNED')>",
    "＜script＞alert('PWNED')＜/script＞",
    "<scr\u0000ipt>alert('PWNED')</scr\u0000ipt>",
    "&lt;script&gt;alert('PWNED')&lt;/script&gt;",
    "\u202e<script>alert('PWNED')</script>",
    "<form action=javascript:alert('PWNED')><button>押す</button></form>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href='http://192.0.2.1/'>",
    "<link rel=stylesheet href=http://192.0.2.1/x.css>",
    "' autofocus onfocus=alert('PWNED') x='",
    "\" autofocus onfocus=alert('PWNED') x=\"",
)
