"""Compiles the model's regular expressions to Swift expressions of `Pattern` (Sources/CognitoModel/Constraints)."""
import re

ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
CLASSES = {"w": ("_", [("0", "9"), ("A", "Z"), ("a", "z")]), "d": ("", [("0", "9")]), "s": (" \t\n\r\f\v", [])}


class PatternCompiler:
    """A recursive-descent reader of the subset of Java's syntax that the service models use."""

    def __init__(self, text):
        self.text, self.at = text.removeprefix("(?s)"), 0
        self.dot_matches_newline = text.startswith("(?s)")

    def compile(self):
        expression = self.alternatives()
        if self.at != len(self.text):
            raise ValueError(f"cannot read {self.text!r} at {self.at}")
        return expression

    def peek(self):
        return self.text[self.at] if self.at < len(self.text) else ""

    def take(self):
        self.at += 1
        return self.text[self.at - 1]

    def alternatives(self):
        options = [self.sequence()]
        while self.peek() == "|":
            self.take()
            options.append(self.sequence())
        return options[0] if len(options) == 1 else f".either([{', '.join(options)}])"

    def sequence(self):
        parts = []
        while self.peek() not in ("", "|", ")"):
            if self.peek() in "^$":
                self.take()
                continue
            parts.append(self.repeated(self.atom()))
        parts = self.joined_literals(parts)
        return parts[0] if len(parts) == 1 else f".sequence([{', '.join(parts)}])"

    @staticmethod
    def joined_literals(parts):
        """Runs of single characters as one `.literal`, so that the generated code reads like the pattern."""
        joined = []
        for part in parts:
            single = re.fullmatch(r'\.character\(CharacterClass\("((?:\\)?.)"\)\)', part)
            previous = re.fullmatch(r'\.literal\("(.*)"\)', joined[-1]) if joined else None
            if single and previous:
                joined[-1] = f'.literal("{previous[1]}{single[1]}")'
            else:
                joined.append(f'.literal("{single[1]}")' if single else part)
        return joined

    def repeated(self, atom):
        bounds = {"+": (1, None), "*": (0, None), "?": (0, 1)}.get(self.peek())
        if bounds:
            self.take()
        elif self.peek() == "{" and self.text[self.at + 1].isdigit():
            end = self.text.index("}", self.at)
            low, _, high = self.text[self.at + 1 : end].partition(",")
            bounds = (int(low), int(high) if high else (None if "," in self.text[self.at : end] else int(low)))
            self.at = end + 1
        if not bounds:
            return atom
        maximum = ".max" if bounds[1] is None else bounds[1]
        return f".repeated({atom}, {bounds[0]}, {maximum})"

    def atom(self):
        character = self.take()
        if character == "(":
            if self.text.startswith("?:", self.at):
                self.at += 2
            inner = self.alternatives()
            self.take()
            return inner
        if character == "[":
            return self.character_class()
        if character == ".":
            return ".character(CharacterClass(negated: true))" if self.dot_matches_newline else (
                '.character(CharacterClass("\\n\\r\\u{85}\\u{2028}\\u{2029}", negated: true))')
        if character == "\\":
            return f".character({self.swift_class(*self.escape())})"
        return f".character({self.swift_class(character, [], [])})"

    def escape(self):
        """What a backslash names: its characters, ranges and general categories."""
        character = self.take()
        if character == "p":
            end = self.text.index("}", self.at)
            category = self.text[self.at + 1 : end]
            self.at = end + 1
            return "", [], [category]
        if character == "x":
            self.at += 2
            return chr(int(self.text[self.at - 2 : self.at], 16)), [], []
        if character in CLASSES:
            return *CLASSES[character], []
        if character == "S":
            return CLASSES["s"][0], [], ["negated"]
        return ESCAPES.get(character, character), [], []

    def character_class(self):
        negated = self.peek() == "^"
        if negated:
            self.take()
        singles, ranges, categories = "", [], []
        while self.peek() != "]":
            if self.peek() == "\\":
                self.take()
                more = self.escape()
                single = more[0] if len(more[0]) == 1 and not more[1] and not more[2] else None
                if single is None:
                    singles, ranges, categories = singles + more[0], ranges + more[1], categories + more[2]
                    continue
            else:
                single = self.take()
            if self.peek() == "-" and self.text[self.at + 1] not in "]\\":
                self.take()
                ranges.append((single, self.take()))
            elif self.peek() == "-" and self.text[self.at + 1] == "\\" and self.text[self.at + 2] == "x":
                self.take()
                self.take()
                ranges.append((single, self.escape()[0]))
            else:
                singles += single
        self.take()
        return f".character({self.swift_class(singles, ranges, categories, negated)})"

    @staticmethod
    def swift_class(singles, ranges, categories, negated=False):
        if "negated" in categories:
            negated, categories = not negated, [category for category in categories if category != "negated"]
        parts = []
        if singles or not (ranges or categories):
            parts.append(swift_string("".join(sorted(set(singles)))))
        if ranges:
            parts.append("ranges: [" + ", ".join(f"{swift_string(a)}...{swift_string(b)}" for a, b in ranges) + "]")
        if categories:
            parts.append("categories: [" + ", ".join(f".{CATEGORIES[category]}" for category in categories) + "]")
        if negated:
            parts.append("negated: true")
        return f"CharacterClass({', '.join(parts)})"


CATEGORIES = {"L": "letter", "M": "mark", "S": "symbol", "N": "number", "P": "punctuation", "Z": "separator"}


def swift_string(text):
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\f": "\\u{c}", "\v": "\\u{b}"}
    return '"' + "".join(escapes.get(character, character) for character in text) + '"'
